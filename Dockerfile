# syntax=docker/dockerfile:1
#
# An image with the command strata and nothing else: no shell, no libraries, no other file.
#
#   docker build -t strata .
#   docker run --rm -v "$PWD:/manifests:ro" strata build overlays/production
#
# git, helm and functions are not in it, so a build that needs those fails: mount a prepared tree instead.

# What the build needs changes seldom: a layer of its own.
FROM debian:12.11-slim AS packages
RUN apt-get update \
 && apt-get install -y --no-install-recommends cmake gcc libc6-dev libcurl4-openssl-dev libfyaml-dev libmd-dev \
    libpcre2-dev libxxhash-dev make pkg-config python3 \
 && rm -rf /var/lib/apt/lists/*

FROM packages AS build
COPY . /source
RUN cmake -S /source -B /build -DCMAKE_BUILD_TYPE=Release -DSTRATA_STATIC=ON -DSTRATA_TESTS=OFF \
 && cmake --build /build --target strata --parallel \
 && strip /build/strata \
 && mkdir /manifests

# It is no service: it renders and ends, so there is nothing that a HEALTHCHECK could ask.
FROM scratch
COPY --from=build /build/strata /strata
COPY --from=build --chown=65532:65532 /manifests /manifests
WORKDIR /manifests
USER 65532:65532
ENTRYPOINT ["/strata"]
CMD ["build", "."]

{
  "targets": [
    {
      "target_name": "strata",
      "sources": ["src/addon.c", "src/options.c", "src/overrides.c", "src/result.c", "src/values.c"],
      "defines": ["NAPI_VERSION=8"],
      "cflags": ["<!@(pkg-config --cflags strata)", "-std=gnu11", "-Wall", "-Wextra"],
      "libraries": ["<!@(pkg-config --libs strata)"]
    }
  ]
}

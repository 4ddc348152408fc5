module github.com/strata-render/strata/bindings/go

go 1.21

fn main() {
    if let Err(error) = pkg_config::Config::new().atleast_version("0.1").probe("strata") {
        panic!("libstrata is needed where pkg-config finds it (cmake --install): {error}");
    }
}

//! The web is embedded from `web/dist`; a build without it must still succeed.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
    println!("cargo:rerun-if-changed=../web/dist");
    if let Err(error) = std::fs::create_dir_all("../web/dist") {
        println!("cargo:warning=web/dist cannot be made: {error}");
    }
}

//! 底图: what lies under everything on the map. Without configuration the screens draw the packaged boundaries alone;
//! a file or tile addresses of the operator's lie between their ground and their lines.

pub mod archive;
pub mod template;

use std::path::Path;

use archive::{Archive, Content};
use serde::{Deserialize, Serialize};
use template::Layer;
use utoipa::ToSchema;

/// Layers drawn over each other: a picture and its names, and two to spare.
const MAX_LAYERS: usize = 4;
const MAX_SUBDOMAINS: usize = 16;
/// Characters of the text shown in the corner of the map.
const MAX_ATTRIBUTION: usize = 200;
/// Deepest level of a web mercator pyramid that tile servers speak of.
pub const DEEPEST: u8 = 22;
/// What public tile services reach.
const MAX_ZOOM: u8 = 18;

/// The datum whose coordinates the tiles are cut by; said, never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Datum {
    /// WGS-84, and CGCS2000, which is the same on a map.
    Wgs84,
    /// GCJ-02, some hundred metres aside within China.
    Gcj02,
}

/// The base map that this server was given.
#[derive(Debug, Clone)]
pub struct BaseMap {
    pub source: Source,
    pub datum: Datum,
    /// Whose map it is and its approval number 审图号, as the operator wrote it.
    pub attribution: Option<String>,
}

/// Where its tiles come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// A file beside this server.
    Archive(Archive),
    /// Tile servers that the browsers ask themselves; the first layer lies lowest.
    Tiles {
        layers: Vec<Layer>,
        /// What `{s}` stands for; empty if no layer has it.
        subdomains: Vec<String>,
        /// Deepest level that is asked for.
        max_zoom: u8,
    },
}

impl BaseMap {
    /// Reads the variables `CHIYUAN_BASEMAP…` and the head of the file they name; none without `CHIYUAN_BASEMAP`.
    /// `tls` says whether pages come over https from this server itself.
    ///
    /// # Errors
    /// Names the variable that is missing or wrong. An address is never repeated: it may hold a key.
    pub fn read(var: impl Fn(&str) -> Option<String>, tls: bool) -> Result<Option<Self>, String> {
        let Some(what) = var("CHIYUAN_BASEMAP") else {
            return Ok(None);
        };
        let what = what.trim();
        let datum = datum(var("CHIYUAN_BASEMAP_DATUM").as_deref())?;
        let source = if what.starts_with("http://") || what.starts_with("https://") {
            tiles(what, &var, tls)?
        } else if Path::new(what).extension().is_some_and(|e| e == "pmtiles") {
            file(what, &var, datum)?
        } else {
            return Err("CHIYUAN_BASEMAP is neither a .pmtiles file nor addresses that begin with http:// or https://".to_owned());
        };
        let attribution = attribution(var("CHIYUAN_BASEMAP_ATTRIBUTION"))?;
        Ok(Some(Self {
            source,
            datum,
            attribution,
        }))
    }

    /// Origins beside our own that screens load tiles from, each once.
    #[must_use]
    pub fn origins(&self) -> Vec<&str> {
        let Source::Tiles { layers, .. } = &self.source else {
            return Vec::new();
        };
        let mut origins: Vec<_> = layers
            .iter()
            .flat_map(|layer| layer.origins.iter().map(String::as_str))
            .collect();
        origins.sort_unstable();
        origins.dedup();
        origins
    }
}

fn datum(said: Option<&str>) -> Result<Datum, String> {
    match said {
        Some("wgs84") => Ok(Datum::Wgs84),
        Some("gcj02") => Ok(Datum::Gcj02),
        Some(_) => Err("CHIYUAN_BASEMAP_DATUM is wgs84 or gcj02".to_owned()),
        None => {
            Err("CHIYUAN_BASEMAP_DATUM is not set: wgs84 (also for CGCS2000) or gcj02".to_owned())
        }
    }
}

fn attribution(text: Option<String>) -> Result<Option<String>, String> {
    let text = text.map(|text| text.trim().to_owned());
    let bad = |text: &String| {
        text.chars().count() > MAX_ATTRIBUTION || text.chars().any(char::is_control)
    };
    if text.as_ref().is_some_and(bad) {
        return Err(format!(
            "CHIYUAN_BASEMAP_ATTRIBUTION is one line of at most {MAX_ATTRIBUTION} characters"
        ));
    }
    Ok(text.filter(|text| !text.is_empty()))
}

fn tiles(what: &str, var: &impl Fn(&str) -> Option<String>, tls: bool) -> Result<Source, String> {
    let subdomains = subdomains(var("CHIYUAN_BASEMAP_SUBDOMAINS"))?;
    let addresses: Vec<_> = what.split_whitespace().collect();
    if addresses.len() > MAX_LAYERS {
        return Err(format!(
            "CHIYUAN_BASEMAP has more than {MAX_LAYERS} addresses"
        ));
    }
    let mut layers = Vec::new();
    for (i, address) in addresses.into_iter().enumerate() {
        let named = |fault| format!("CHIYUAN_BASEMAP, address {}: {fault}", i + 1);
        let layer = template::parse(address, &subdomains).map_err(named)?;
        if tls && layer.insecure() {
            return Err(named(
                "browsers load no http tiles into an https page".to_owned(),
            ));
        }
        layers.push(layer);
    }
    if !subdomains.is_empty() && !layers.iter().any(|layer| layer.address.contains("{s}")) {
        return Err("CHIYUAN_BASEMAP_SUBDOMAINS is set, but no address has {s}".to_owned());
    }
    let max_zoom = match var("CHIYUAN_BASEMAP_MAXZOOM").map(|zoom| zoom.parse()) {
        None => MAX_ZOOM,
        Some(Ok(zoom)) if zoom <= DEEPEST => zoom,
        Some(_) => {
            return Err(format!(
                "CHIYUAN_BASEMAP_MAXZOOM is a level from 0 to {DEEPEST}"
            ));
        }
    };
    Ok(Source::Tiles {
        layers,
        subdomains,
        max_zoom,
    })
}

fn subdomains(list: Option<String>) -> Result<Vec<String>, String> {
    let Some(list) = list else {
        return Ok(Vec::new());
    };
    let names: Vec<_> = list.split(',').map(|name| name.trim().to_owned()).collect();
    let fits = |name: &String| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    if names.len() > MAX_SUBDOMAINS || !names.iter().all(fits) {
        return Err(format!(
            "CHIYUAN_BASEMAP_SUBDOMAINS is a list like 0,1,2 of at most {MAX_SUBDOMAINS} letters, digits or hyphens each"
        ));
    }
    Ok(names)
}

fn file(path: &str, var: &impl Fn(&str) -> Option<String>, datum: Datum) -> Result<Source, String> {
    for name in ["CHIYUAN_BASEMAP_SUBDOMAINS", "CHIYUAN_BASEMAP_MAXZOOM"] {
        if var(name).is_some() {
            return Err(format!("{name} goes with addresses, not with a file"));
        }
    }
    let archive = Archive::open(Path::new(path))
        .map_err(|fault| format!("CHIYUAN_BASEMAP: {path}: {fault}"))?;
    if archive.content == Content::Vector && datum == Datum::Gcj02 {
        return Err(
            "CHIYUAN_BASEMAP_DATUM: vector tiles are drawn as wgs84 only; convert the file"
                .to_owned(),
        );
    }
    Ok(Source::Archive(archive))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const WMTS: &str = "https://t{s}.example.cn/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&LAYER=vec&TILEMATRIXSET=w&TILEMATRIX={TileMatrix}&TILECOL={TileCol}&TILEROW={TileRow}&tk=KEY";

    fn read(set: &[(&str, &str)]) -> Result<Option<BaseMap>, String> {
        let set: BTreeMap<_, _> = set.iter().copied().collect();
        BaseMap::read(
            |name| set.get(name).map(|value| (*value).to_owned()),
            set.contains_key("TLS"),
        )
    }

    #[test]
    fn nothing_is_configured_by_default() {
        assert!(read(&[]).unwrap().is_none());
    }

    #[test]
    fn two_layers_with_subdomains() {
        let both = format!("{WMTS}\n  {}", WMTS.replace("vec", "cva"));
        let base = read(&[
            ("CHIYUAN_BASEMAP", &both),
            ("CHIYUAN_BASEMAP_DATUM", "wgs84"),
            ("CHIYUAN_BASEMAP_SUBDOMAINS", "0, 1"),
            ("CHIYUAN_BASEMAP_ATTRIBUTION", " © 天地图 GS(2025)1号 "),
        ]);
        let base = base.unwrap().unwrap();
        assert_eq!(
            base.origins(),
            ["https://t0.example.cn", "https://t1.example.cn"]
        );
        assert_eq!(base.attribution.as_deref(), Some("© 天地图 GS(2025)1号"));
        let Source::Tiles {
            layers, max_zoom, ..
        } = base.source
        else {
            panic!("tiles");
        };
        assert_eq!((layers.len(), max_zoom), (2, 18));
        assert!(
            layers[0]
                .address
                .contains("TILEMATRIX={z}&TILECOL={x}&TILEROW={y}")
        );
    }

    #[test]
    fn every_fault_names_its_variable_and_no_key() {
        let xyz = "https://a.example/{z}/{x}/{y}.png?key=SECRET";
        let long = "x".repeat(MAX_ATTRIBUTION + 1);
        let many = [xyz; MAX_LAYERS + 1].join(" ");
        let basemap = |value| ("CHIYUAN_BASEMAP", value);
        let datum = ("CHIYUAN_BASEMAP_DATUM", "wgs84");
        let cases: [(&[(&str, &str)], &str); 13] = [
            (&[basemap(xyz)], "CHIYUAN_BASEMAP_DATUM is not set"),
            (
                &[basemap(xyz), ("CHIYUAN_BASEMAP_DATUM", "bd09")],
                "CHIYUAN_BASEMAP_DATUM",
            ),
            (
                &[basemap("tiles.mbtiles"), datum],
                "CHIYUAN_BASEMAP is neither",
            ),
            (
                &[basemap("/none/x.pmtiles"), datum],
                "CHIYUAN_BASEMAP: /none/x.pmtiles",
            ),
            (
                &[basemap("https://a.example/{z}/{x}/{q}"), datum],
                "CHIYUAN_BASEMAP, address 1: {q}",
            ),
            (&[basemap(WMTS), datum], "CHIYUAN_BASEMAP, address 1: {s}"),
            (&[basemap(&many), datum], "CHIYUAN_BASEMAP has more than 4"),
            (
                &[basemap(xyz), datum, ("CHIYUAN_BASEMAP_SUBDOMAINS", "a,b")],
                "CHIYUAN_BASEMAP_SUBDOMAINS is set",
            ),
            (
                &[
                    basemap(WMTS),
                    datum,
                    ("CHIYUAN_BASEMAP_SUBDOMAINS", "a b;c"),
                ],
                "CHIYUAN_BASEMAP_SUBDOMAINS is a list",
            ),
            (
                &[basemap(xyz), datum, ("CHIYUAN_BASEMAP_MAXZOOM", "23")],
                "CHIYUAN_BASEMAP_MAXZOOM",
            ),
            (
                &[basemap(xyz), datum, ("CHIYUAN_BASEMAP_ATTRIBUTION", &long)],
                "CHIYUAN_BASEMAP_ATTRIBUTION",
            ),
            (
                &[
                    basemap("x.pmtiles"),
                    datum,
                    ("CHIYUAN_BASEMAP_MAXZOOM", "9"),
                ],
                "CHIYUAN_BASEMAP_MAXZOOM goes",
            ),
            (
                &[basemap("http://a.example/{z}/{x}/{y}"), datum, ("TLS", "")],
                "CHIYUAN_BASEMAP, address 1: browsers",
            ),
        ];
        for (set, expected) in cases {
            let fault = read(set).unwrap_err();
            assert!(fault.starts_with(expected), "{set:?}: {fault}");
            assert!(!fault.contains("SECRET"), "{fault}");
        }
    }

    #[test]
    fn a_vector_file_is_not_shifted() {
        let file = archive::tests::written("gcj-vector", &archive::tests::head(1));
        let path = file.to_str().unwrap();
        let set = |datum| [("CHIYUAN_BASEMAP", path), ("CHIYUAN_BASEMAP_DATUM", datum)];
        assert!(read(&set("wgs84")).unwrap().unwrap().origins().is_empty());
        let fault = read(&set("gcj02")).unwrap_err();
        assert!(
            fault.starts_with("CHIYUAN_BASEMAP_DATUM: vector"),
            "{fault}"
        );
        std::fs::remove_file(file).unwrap();
    }
}

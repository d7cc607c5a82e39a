//! A PMTiles file, version 3: its head is checked once, its bytes are read by range.

use std::{fs::File, io, os::unix::fs::FileExt as _, path::Path, sync::Arc, time::SystemTime};

use sha2::{Digest, Sha256};

use super::DEEPEST;

/// Bytes of the head.
const HEAD: usize = 127;
const MAGIC: &[u8] = b"PMTiles";
/// Compressions that screens can undo: none, gzip.
const COMPRESSIONS: [u8; 2] = [1, 2];

/// What its tiles are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    Vector,
    Raster,
}

/// An open file. Replaced under its name it stays what it was until the server starts again.
#[derive(Debug, Clone)]
pub struct Archive {
    file: Arc<File>,
    /// Bytes.
    pub length: u64,
    /// Strong: other bytes have another one.
    pub tag: String,
    pub modified: SystemTime,
    pub content: Content,
    pub min_zoom: u8,
    pub max_zoom: u8,
    /// West, south, east, north, degrees.
    pub bounds: [f64; 4],
}

impl Archive {
    /// Opens a file and checks that it is whole and can be drawn.
    ///
    /// # Errors
    /// What is wrong with it, without its name.
    pub fn open(path: &Path) -> Result<Self, String> {
        let unreadable = |error: io::Error| format!("cannot be read: {error}");
        let file = File::open(path).map_err(unreadable)?;
        let about = file.metadata().map_err(unreadable)?;
        if !about.is_file() {
            return Err("is no file".to_owned());
        }
        let modified = about.modified().map_err(unreadable)?;
        let mut head = [0; HEAD];
        file.read_exact_at(&mut head, 0)
            .map_err(|_| "is no PMTiles file".to_owned())?;
        let (content, [min_zoom, max_zoom], bounds) = judge(&head, about.len())?;
        Ok(Self {
            file: Arc::new(file),
            length: about.len(),
            tag: tag(&head, about.len(), modified),
            modified,
            content,
            min_zoom,
            max_zoom,
            bounds,
        })
    }

    /// Bytes of the file; blocks.
    ///
    /// # Errors
    /// If there are not so many, or the disk fails.
    pub fn read(&self, from: u64, count: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; count];
        self.file.read_exact_at(&mut bytes, from)?;
        Ok(bytes)
    }
}

/// Content, levels and bounds of a head that fits a file of this length.
fn judge(head: &[u8; HEAD], length: u64) -> Result<(Content, [u8; 2], [f64; 4]), String> {
    if !head.starts_with(MAGIC) {
        return Err("is no PMTiles file".to_owned());
    }
    if head[7] != 3 {
        return Err(format!("is PMTiles version {}, not 3", head[7]));
    }
    // Root directory, metadata, leaf directories, tiles: where each begins and how long it is.
    for part in [8, 24, 40, 56] {
        let end = number(head, part).checked_add(number(head, part + 8));
        if end.is_none_or(|end| end > length) {
            return Err("is shorter than its head says; is it still being copied?".to_owned());
        }
    }
    let content = match head[99] {
        1 => Content::Vector,
        2..=5 => Content::Raster,
        kind => return Err(format!("holds tiles of the unknown type {kind}")),
    };
    if !COMPRESSIONS.contains(&head[97]) || !COMPRESSIONS.contains(&head[98]) {
        return Err("is compressed by something else than gzip".to_owned());
    }
    let [min, max] = [head[100], head[101]];
    if min > max || max > DEEPEST {
        return Err(format!("says levels {min} to {max}"));
    }
    let bounds = [102, 106, 110, 114].map(|at| degrees(head, at));
    let [west, south, east, north] = bounds;
    if !(-180.0 <= west
        && west < east
        && east <= 180.0
        && -90.0 <= south
        && south < north
        && north <= 90.0)
    {
        return Err("says bounds that are none".to_owned());
    }
    Ok((content, [min, max], bounds))
}

fn number(head: &[u8; HEAD], at: usize) -> u64 {
    (0..8).fold(0, |sum, i| sum | u64::from(head[at + i]) << (8 * i))
}

fn degrees(head: &[u8; HEAD], at: usize) -> f64 {
    let bits = (0..4).fold(0, |sum, i| sum | u32::from(head[at + i]) << (8 * i));
    f64::from(bits.cast_signed()) / 1e7
}

fn tag(head: &[u8; HEAD], length: u64, modified: SystemTime) -> String {
    let age = modified
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let mut hash = Sha256::new();
    hash.update(head);
    hash.update(length.to_le_bytes());
    hash.update(age.as_nanos().to_le_bytes());
    hex::encode(&hash.finalize()[..16])
}

#[cfg(test)]
pub mod tests {
    use std::path::PathBuf;

    use super::*;

    /// A file that is its head only: no directory, no tiles.
    pub fn head(kind: u8) -> Vec<u8> {
        let mut head = vec![0; HEAD];
        head[..7].copy_from_slice(MAGIC);
        head[7] = 3;
        for part in [8, 24, 40, 56] {
            head[part] = 127;
        }
        (head[97], head[98], head[99], head[101]) = (1, 1, kind, 14);
        for (at, e7) in [
            (102, 1_120_000_000_i32),
            (106, 370_000_000),
            (110, 1_140_000_000),
            (114, 390_000_000),
        ] {
            head[at..at + 4].copy_from_slice(&e7.to_le_bytes());
        }
        head
    }

    /// The bytes as a file of this test.
    pub fn written(name: &str, bytes: &[u8]) -> PathBuf {
        let path =
            std::env::temp_dir().join(format!("chiyuan-{}-{name}.pmtiles", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn opened(name: &str, bytes: &[u8]) -> Result<Archive, String> {
        let path = written(name, bytes);
        let archive = Archive::open(&path);
        std::fs::remove_file(path).unwrap();
        archive
    }

    #[test]
    fn the_head_says_what_is_inside() {
        let archive = opened("good", &head(2)).unwrap();
        assert_eq!((archive.content, archive.length), (Content::Raster, 127));
        assert_eq!((archive.min_zoom, archive.max_zoom), (0, 14));
        assert_eq!(archive.bounds, [112.0, 37.0, 114.0, 39.0]);
        assert_eq!(archive.read(0, 7).unwrap(), MAGIC);
        assert!(archive.read(120, 8).is_err());
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let changed = |at: usize, to: u8| {
            let mut head = head(2);
            head[at] = to;
            head
        };
        let cases = [
            (Vec::new(), "is no PMTiles"),
            (changed(0, b'X'), "is no PMTiles"),
            (changed(7, 2), "is PMTiles version 2"),
            (changed(64, 1), "is shorter"),
            (changed(15, 0xff), "is shorter"),
            (changed(99, 0), "holds tiles of the unknown type 0"),
            (changed(98, 3), "is compressed"),
            (changed(100, 15), "says levels 15 to 14"),
            (changed(101, 99), "says levels 0 to 99"),
            (changed(113, 0), "says bounds"),
        ];
        for (i, (bytes, expected)) in cases.iter().enumerate() {
            let fault = opened(&format!("bad-{i}"), bytes).unwrap_err();
            assert!(fault.starts_with(expected), "{i}: {fault}");
        }
        assert_eq!(
            Archive::open(&std::env::temp_dir()).unwrap_err(),
            "is no file"
        );
    }
}

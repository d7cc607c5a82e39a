use std::io::BufRead;

use super::*;
use crate::backup::manifest::Head;

fn manifest() -> Manifest {
    Manifest {
        format: FORMAT,
        program: "0".to_owned(),
        postgresql: "15".to_owned(),
        created_at: chiyuan_core::Timestamp::UNIX_EPOCH,
        schema: Vec::new(),
        worlds: Vec::new(),
        audit: Head {
            seq: 0,
            head: String::new(),
        },
        tables: Vec::new(),
        sequences: Vec::new(),
        track_days: Vec::new(),
        differences: 0,
        data: Data::default(),
    }
}

/// A folder of one test, without anything in it.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("chiyuan-backup-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).unwrap();
    folder
}

fn write(path: &Path, replace: bool) -> Result<PathBuf, BackupError> {
    let mut draft = Draft::begin(path, replace)?;
    draft.write(b"one\ntwo\n")?;
    draft.complete(&mut manifest())?.publish(replace)
}

fn names(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

#[test]
fn what_is_written_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("read");
    let path = write(&folder.join("a.backup"), false).unwrap();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let checked = Checked::open(&path).unwrap();
    let lines: Vec<_> = checked
        .data()
        .unwrap()
        .lines()
        .map(Result::unwrap)
        .collect();
    assert_eq!(lines, ["one", "two"]);
    assert_eq!(names(&folder), 1, "nothing else is left");
}

#[test]
fn nothing_is_replaced_unasked() {
    let folder = folder("replace");
    let path = folder.join("a.backup");
    fs::write(&path, "mine").unwrap();
    assert!(matches!(write(&path, false), Err(BackupError::Exists(_))));
    // Not even what appears while the backup is being made.
    fs::remove_file(&path).unwrap();
    let draft = Draft::begin(&path, false).unwrap();
    fs::write(&path, "mine").unwrap();
    let published = draft.complete(&mut manifest()).unwrap().publish(false);
    assert!(matches!(published, Err(BackupError::Exists(_))));
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    write(&path, true).unwrap();
    Checked::open(&path).unwrap();
    assert_eq!(names(&folder), 1);
}

#[test]
fn a_draft_that_is_dropped_leaves_nothing() {
    let folder = folder("dropped");
    let mut draft = Draft::begin(&folder.join("a.backup"), false).unwrap();
    draft.write(b"half").unwrap();
    drop(draft);
    assert_eq!(names(&folder), 0);
}

#[test]
fn every_changed_byte_and_every_length_is_noticed() {
    let folder = folder("damage");
    let path = write(&folder.join("a.backup"), false).unwrap();
    let whole = fs::read(&path).unwrap();
    let refused = |bytes: &[u8], what: String| {
        fs::write(&path, bytes).unwrap();
        let opened = Checked::open(&path);
        assert!(
            matches!(opened, Err(BackupError::Damaged(..))),
            "{what}: {opened:?}"
        );
    };
    for place in 0..whole.len() {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        refused(&changed, format!("byte {place}"));
        refused(&whole[..place], format!("cut off at {place}"));
    }
    refused(&[&whole[..], b"\n"].concat(), "a byte more".to_owned());
}

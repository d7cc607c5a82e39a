//! The file of a backup: written under another name until it is whole, checked as a whole before anything is believed.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use sha2::{Digest, Sha256};

use super::{
    BackupError,
    manifest::{Data, FORMAT, Manifest},
    progress::Progress,
};

/// First line of the file.
const MAGIC: &[u8] = b"chiyuan backup 1\n";
/// Hash of the manifest, a space, its length in 16 digits, a newline.
const TRAILER: usize = 64 + 1 + 16 + 1;
/// Largest manifest.
const MAX_MANIFEST: u64 = 64 << 20;
const BLOCK: usize = 256 << 10;

/// A backup being written.
pub struct Draft {
    gzip: GzEncoder<Hashing<BufWriter<File>>>,
    partial: Partial,
}

impl Draft {
    /// Begins a file that only its owner can read.
    ///
    /// # Errors
    /// If it is there already and may not be replaced, or the folder cannot be written.
    pub fn begin(path: &Path, replace: bool) -> Result<Self, BackupError> {
        if !replace && path.symlink_metadata().is_ok() {
            return Err(BackupError::Exists(path.display().to_string()));
        }
        let (file, partial) = Partial::create(path)?;
        let mut file = BufWriter::with_capacity(BLOCK, file);
        file.write_all(MAGIC)
            .map_err(|error| named(&partial.written, error))?;
        let gzip = GzEncoder::new(Hashing::new(file), Compression::fast());
        Ok(Self { gzip, partial })
    }

    /// Writes uncompressed bytes.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), BackupError> {
        let written = self.gzip.write_all(bytes);
        written.map_err(|error| named(&self.partial.written, error))
    }

    /// Completes the file with its manifest, on the disk but not under its name yet.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn complete(self, manifest: &mut Manifest) -> Result<Complete, BackupError> {
        let partial = self.partial;
        let finish = || {
            let hashing = self.gzip.finish()?;
            let (mut file, data) = hashing.end();
            manifest.data = data;
            let text = serde_json::to_vec(manifest)?;
            file.write_all(&text)?;
            let hash = hex::encode(Sha256::digest(&text));
            file.write_all(format!("{hash} {:016}\n", text.len()).as_bytes())?;
            file.flush()?;
            file.get_ref().sync_all()?;
            file.get_ref().metadata()
        };
        let bytes = finish()
            .map_err(|error| named(&partial.written, error))?
            .len();
        Ok(Complete { partial, bytes })
    }
}

/// A whole backup that has no name yet.
pub struct Complete {
    partial: Partial,
    /// Size of the file.
    pub bytes: u64,
}

impl Complete {
    /// Gives the file its name, in one step.
    ///
    /// # Errors
    /// If a file of that name has appeared meanwhile and may not be replaced.
    pub fn publish(self, replace: bool) -> Result<PathBuf, BackupError> {
        let Partial { written, path } = &self.partial;
        if replace {
            fs::rename(written, path).map_err(|error| named(path, error))?;
        } else {
            // Unlike a rename, a link never replaces anything.
            fs::hard_link(written, path).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => BackupError::Exists(path.display().to_string()),
                _ => named(path, error),
            })?;
        }
        let folder = folder_of(path);
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|error| named(folder, error))?;
        Ok(path.clone())
    }
}

/// The name a file has while it is written; removed unless it got its own.
struct Partial {
    written: PathBuf,
    path: PathBuf,
}

impl Partial {
    fn create(path: &Path) -> Result<(File, Self), BackupError> {
        let name = path.file_name().ok_or_else(|| {
            let error = io::Error::other("this is no name of a file");
            named(path, error)
        })?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}.partial", std::process::id()));
        let written = folder_of(path).join(hidden);
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&written)
            .map_err(|error| named(&written, error))?;
        let path = path.to_owned();
        Ok((file, Self { written, path }))
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After a rename there is nothing to remove.
        let _ = fs::remove_file(&self.written);
    }
}

/// A backup that was checked: it is as it was written.
#[derive(Debug)]
pub struct Checked {
    file: File,
    pub path: PathBuf,
    pub manifest: Manifest,
}

impl Checked {
    /// Opens a file and checks all of it.
    ///
    /// # Errors
    /// [`BackupError::Damaged`] if a byte is missing, added or changed.
    pub fn open(path: &Path) -> Result<Self, BackupError> {
        let damaged = |why: &str| BackupError::Damaged(path.display().to_string(), why.to_owned());
        let mut file = File::open(path).map_err(|error| named(path, error))?;
        let io = |error| named(path, error);
        let size = file.metadata().map_err(io)?.len();
        let text = manifest_of(&mut file, size).map_err(|error| match error.get_ref() {
            Some(_) => damaged(&error.to_string()),
            None => named(path, error),
        })?;
        let head: Format =
            serde_json::from_slice(&text).map_err(|_| damaged("its manifest is no JSON"))?;
        if head.format != FORMAT {
            let (found, program) = (head.format, head.program);
            return Err(damaged(&format!(
                "its format is {found} (made by version {program}), and this program reads {FORMAT}"
            )));
        }
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|error| damaged(&error.to_string()))?;
        let length = MAGIC.len() as u64 + manifest.data.bytes + (text.len() + TRAILER) as u64;
        if length != size {
            return Err(damaged("its length is not the one that its manifest says"));
        }
        if hash_of_data(&mut file, manifest.data.bytes).map_err(io)? != manifest.data.sha256 {
            return Err(damaged("its data does not have the hash of its manifest"));
        }
        let path = path.to_owned();
        Ok(Self {
            file,
            path,
            manifest,
        })
    }

    /// The uncompressed data.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn data(&self) -> Result<impl io::BufRead + use<>, BackupError> {
        let io = |error| named(&self.path, error);
        let mut file = self.file.try_clone().map_err(io)?;
        file.seek(SeekFrom::Start(MAGIC.len() as u64)).map_err(io)?;
        let compressed = BufReader::with_capacity(BLOCK, file).take(self.manifest.data.bytes);
        Ok(BufReader::with_capacity(BLOCK, GzDecoder::new(compressed)))
    }
}

/// What every format's manifest says.
#[derive(serde::Deserialize)]
struct Format {
    format: u32,
    #[serde(default)]
    program: String,
}

/// Bytes of the manifest. What is wrong with the content is an error with a text of ours.
fn manifest_of(file: &mut File, size: u64) -> io::Result<Vec<u8>> {
    let wrong = io::Error::other;
    let smallest = (MAGIC.len() + TRAILER) as u64;
    let mut magic = Vec::new();
    file.take(MAGIC.len() as u64).read_to_end(&mut magic)?;
    if magic != MAGIC {
        return Err(wrong("it does not begin like one"));
    }
    let mut trailer = [0; TRAILER];
    if size < smallest {
        return Err(wrong("it was cut off"));
    }
    file.seek(SeekFrom::End(-(TRAILER as i64)))?;
    file.read_exact(&mut trailer)?;
    let (hash, length) =
        trailer_parts(&trailer).ok_or_else(|| wrong("it was cut off, or its end was changed"))?;
    if length > MAX_MANIFEST || length > size - smallest {
        return Err(wrong("the length of its manifest cannot be"));
    }
    file.seek(SeekFrom::Start(size - TRAILER as u64 - length))?;
    let mut text = Vec::new();
    file.take(length).read_to_end(&mut text)?;
    if hex::encode(Sha256::digest(&text)) != hash {
        return Err(wrong("its manifest was changed"));
    }
    Ok(text)
}

fn trailer_parts(trailer: &[u8]) -> Option<(&str, u64)> {
    let line = std::str::from_utf8(trailer).ok()?.strip_suffix('\n')?;
    let (hash, length) = line.split_once(' ')?;
    let digits = length.len() == 16 && length.bytes().all(|byte| byte.is_ascii_digit());
    (hash.len() == 64 && digits).then_some((hash, length.parse().ok()?))
}

fn hash_of_data(file: &mut File, bytes: u64) -> io::Result<String> {
    let mut progress = Progress::begin("checking the file", Some(bytes));
    file.seek(SeekFrom::Start(MAGIC.len() as u64))?;
    let (mut data, mut block) = (file.take(bytes), vec![0; BLOCK]);
    let mut hash = Sha256::new();
    loop {
        let read = data.read(&mut block)?;
        if read == 0 {
            return Ok(hex::encode(hash.finalize()));
        }
        hash.update(&block[..read]);
        progress.add(read);
    }
}

/// Passes bytes on and remembers their number and hash.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
    bytes: u64,
}

impl<W> Hashing<W> {
    fn new(inner: W) -> Self {
        Self {
            inner,
            hash: Sha256::new(),
            bytes: 0,
        }
    }

    fn end(self) -> (W, Data) {
        let data = Data {
            bytes: self.bytes,
            sha256: hex::encode(self.hash.finalize()),
        };
        (self.inner, data)
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// The folder a file lies in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// An error with the file it is about.
pub fn named(path: &Path, error: io::Error) -> BackupError {
    BackupError::File(path.display().to_string(), error)
}

#[cfg(test)]
mod tests;

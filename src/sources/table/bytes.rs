//! Where the text of a table is: in a file of the user, or in a temporary one without a name, into which a member of an
//! archive or a sheet of a workbook was unpacked.

use std::{
    fs::File,
    io::{self, Read, Seek, Write},
    path::PathBuf,
    sync::Arc,
};

/// Bytes that can be read again and again, one reader at a time.
#[derive(Debug, Clone)]
pub(super) enum Bytes {
    Named(PathBuf),
    Unpacked(Arc<File>),
}

impl Bytes {
    /// Keeps what `write` writes; at most `most` bytes, or it fails with [`io::ErrorKind::FileTooLarge`].
    pub(super) fn unpacked<E: From<io::Error>>(
        most: u64,
        write: impl FnOnce(&mut Bounded<io::BufWriter<File>>) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut file = Bounded { inner: io::BufWriter::new(tempfile::tempfile()?), left: most };
        write(&mut file)?;
        let file = file.inner.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Self::Unpacked(Arc::new(file)))
    }

    /// A reader of all of them.
    pub(super) fn open(&self) -> io::Result<File> {
        match self {
            Self::Named(path) => File::open(path),
            Self::Unpacked(file) => {
                let mut file = file.try_clone()?;
                file.rewind()?;
                Ok(file)
            }
        }
    }

    /// The first `most` bytes.
    pub(super) fn head(&self, most: u64) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        self.open()?.take(most).read_to_end(&mut head)?;
        Ok(head)
    }

    /// How many there are.
    pub(super) fn len(&self) -> io::Result<u64> {
        Ok(self.open()?.metadata()?.len())
    }

    /// Whether both hold the same bytes.
    pub(super) fn equals(&self, other: &Self) -> io::Result<bool> {
        if self.len()? != other.len()? {
            return Ok(false);
        }
        let (mut a, mut b) = (io::BufReader::new(self.open()?), io::BufReader::new(other.open()?));
        let mut buffers = ([0; 8192], [0; 8192]);
        loop {
            let count = a.read(&mut buffers.0)?;
            if count == 0 {
                return Ok(true);
            }
            b.read_exact(&mut buffers.1[..count])?;
            if buffers.0[..count] != buffers.1[..count] {
                return Ok(false);
            }
        }
    }
}

/// A writer that takes so many bytes and no more.
#[derive(Debug)]
pub(super) struct Bounded<W> {
    inner: W,
    left: u64,
}

impl<W: Write> Write for Bounded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = bytes.len() as u64;
        self.left = self.left.checked_sub(length).ok_or(io::ErrorKind::FileTooLarge)?;
        self.inner.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

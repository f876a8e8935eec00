//! How the letters of a file are written: found out by looking at all of it, and turned into UTF-8.

use std::{
    fmt,
    io::{self, Read},
};

use encoding_rs::{Decoder, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How letters are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with a byte-order mark or none.
    Utf8,
    /// UTF-8 of which some letters are broken.
    BrokenUtf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// Windows-1252, which holds Latin-1.
    Windows1252,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Utf8 | Self::BrokenUtf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        })
    }
}

/// The bytes that mean nothing in Windows-1252.
const NOT_1252: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// What a text was before it was made UTF-8 twice, which leaves two letters or three for each that is not plain: `MÃ¼ller`
/// was `Müller`. None where it was not.
pub(super) fn before_twice(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let (bytes, _, has_other) = WINDOWS_1252.encode(text);
    if has_other { None } else { String::from_utf8(bytes.into_owned()).ok() }
}

/// Finds out how the bytes of `reader` are written; none where it is no text that is known here.
pub(super) fn detect(mut reader: impl Read) -> io::Result<Option<Encoding>> {
    let mut buffer = vec![0; 64 * 1024];
    let mut kept = 0;
    let mut is_first = true;
    let (mut letters, mut broken, mut is_1252) = (0_u64, 0_u64, true);
    loop {
        let count = reader.read(&mut buffer[kept..])?;
        let bytes = &buffer[..kept + count];
        if is_first {
            is_first = false;
            if let Some(wide) = wide(bytes) {
                return Ok(Some(wide));
            }
        }
        is_1252 &= !bytes.iter().any(|byte| NOT_1252.contains(byte));
        let mut valid = 0;
        for chunk in bytes.utf8_chunks() {
            let begins = chunk.valid().len();
            letters += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count() as u64;
            valid += begins;
            // What is broken at the very end may only be cut: it is looked at again with the bytes that follow.
            let is_cut = valid + chunk.invalid().len() == bytes.len() && chunk.invalid().len() < 4 && count > 0;
            if !is_cut {
                broken += u64::from(!chunk.invalid().is_empty());
                valid += chunk.invalid().len();
            }
        }
        if count == 0 {
            break;
        }
        let length = bytes.len();
        buffer.copy_within(valid..length, 0);
        kept = length - valid;
    }
    Ok(match broken {
        0 => Some(Encoding::Utf8),
        // In Windows-1252, letters that happen to be UTF-8 are a rare accident.
        broken if letters >= broken => Some(Encoding::BrokenUtf8),
        _ => is_1252.then_some(Encoding::Windows1252),
    })
}

/// Whether text that begins so is UTF-16: by its byte-order mark, or because every other byte is zero.
fn wide(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xFF, 0xFE, ..] => return Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    let head = &head[..head.len().min(1000)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count() * 10;
    let most = head.len() / 2 * 7;
    let is_wide = |zeros: usize, other: usize| head.len() >= 4 && zeros >= most && other * 4 < zeros;
    match (zeros(0), zeros(1)) {
        (even, odd) if is_wide(odd, even) => Some(Encoding::Utf16Le),
        (even, odd) if is_wide(even, odd) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// `reader` as UTF-8 without a byte-order mark.
pub(super) fn decoded(encoding: Encoding, mut reader: impl Read + 'static) -> io::Result<Box<dyn Read>> {
    let decoder = match encoding {
        Encoding::Utf8 => {
            let mut head = Vec::with_capacity(3);
            reader.by_ref().take(3).read_to_end(&mut head)?;
            if head == [0xEF, 0xBB, 0xBF] {
                head.clear();
            }
            return Ok(Box::new(io::Cursor::new(head).chain(reader)));
        }
        Encoding::BrokenUtf8 => UTF_8,
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
        Encoding::Windows1252 => WINDOWS_1252,
    };
    Ok(Box::new(Decoded {
        reader,
        decoder: decoder.new_decoder_with_bom_removal(),
        bytes: vec![0; 16 * 1024],
        filled: 0,
        text: Vec::new(),
        taken: 0,
        ended: false,
    }))
}

struct Decoded<R> {
    reader: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    filled: usize,
    text: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.text.len() && !self.ended {
            let count = self.reader.read(&mut self.bytes[self.filled..])?;
            self.filled += count;
            self.ended = count == 0;
            // A byte becomes three at the most.
            self.text.resize(self.filled * 3 + 16, 0);
            let (_, read, written, _) =
                self.decoder.decode_to_utf8(&self.bytes[..self.filled], &mut self.text, self.ended);
            self.text.truncate(written);
            self.taken = 0;
            self.bytes.copy_within(read..self.filled, 0);
            self.filled -= read;
        }
        let count = buffer.len().min(self.text.len() - self.taken);
        buffer[..count].copy_from_slice(&self.text[self.taken..self.taken + count]);
        self.taken += count;
        Ok(count)
    }
}

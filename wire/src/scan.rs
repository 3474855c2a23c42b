//! A cursor over bytes, shared by the readers of fixed forms.

/// Reads a text from left to right; every step is `None` when the text is of another form.
#[derive(Clone)]
pub(crate) struct Scan<'a> {
    rest: &'a [u8],
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { rest: text.as_bytes() }
    }

    /// What `read` makes of the whole text; `None` when something is left behind it.
    pub(crate) fn whole<T>(text: &'a str, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut scan = Self::new(text);
        let value = read(&mut scan)?;
        scan.end()?;
        Some(value)
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Takes one byte if it is `wanted`.
    pub(crate) fn skip(&mut self, wanted: u8) -> Option<()> {
        let (first, rest) = self.rest.split_first()?;
        (*first == wanted).then(|| self.rest = rest)
    }

    /// Takes `wanted` whole.
    pub(crate) fn skip_text(&mut self, wanted: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(wanted.as_bytes())?;
        Some(())
    }

    /// Takes one byte if it is one of `wanted`.
    pub(crate) fn one_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let first = self.peek().filter(|byte| wanted.contains(byte))?;
        self.rest = &self.rest[1..];
        Some(first)
    }

    /// Takes whatever byte comes.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// Takes all letters of ASCII that come; perhaps there is none.
    pub(crate) fn letters(&mut self) -> &'a [u8] {
        let count = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (letters, rest) = self.rest.split_at(count);
        self.rest = rest;
        letters
    }

    /// Takes exactly `count` digits.
    pub(crate) fn digits(&mut self, count: usize) -> Option<u32> {
        let digits = self.rest.get(..count)?;
        let mut value: u32 = 0;
        for digit in digits {
            let digit = char::from(*digit).to_digit(10)?;
            value = value.checked_mul(10)?.checked_add(digit)?;
        }
        self.rest = &self.rest[count..];
        Some(value)
    }

    /// Takes one digit or more: the value, and how many there were.
    pub(crate) fn number(&mut self) -> Option<(u64, usize)> {
        let count = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return None;
        }
        let mut value: u64 = 0;
        for digit in &self.rest[..count] {
            value = value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
        }
        self.rest = &self.rest[count..];
        Some((value, count))
    }

    /// Takes `.` and one to nine digits if there is a `.`: nanoseconds, and how many digits.
    pub(crate) fn fraction(&mut self) -> Option<(u32, u8)> {
        if self.skip(b'.').is_none() {
            return Some((0, 0));
        }
        let (value, count) = self.number()?;
        let digits = u8::try_from(count).ok().filter(|digits| *digits <= 9)?;
        let nanos = value.checked_mul(10_u64.pow(9 - u32::from(digits)))?;
        Some((u32::try_from(nanos).ok()?, digits))
    }

    /// `Some` when nothing is left.
    pub(crate) fn end(&self) -> Option<()> {
        self.rest.is_empty().then_some(())
    }
}

/// Writes `.` and the first `digits` digits of a second's fraction; nothing for no digits.
pub(crate) fn write_fraction(
    f: &mut std::fmt::Formatter<'_>,
    nanos: u32,
    digits: u8,
) -> std::fmt::Result {
    if digits == 0 {
        return Ok(());
    }
    let width = usize::from(digits.min(9));
    let shown = nanos / 10_u32.pow(9 - u32::from(digits.min(9)));
    write!(f, ".{shown:0width$}")
}

/// The fewest digits, in groups of three, that show `nanos` exactly.
pub(crate) fn digits_for(nanos: u32) -> u8 {
    match nanos {
        0 => 0,
        _ if nanos.is_multiple_of(1_000_000) => 3,
        _ if nanos.is_multiple_of(1_000) => 6,
        _ => 9,
    }
}

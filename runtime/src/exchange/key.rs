//! The key that tells a service that all attempts are one call.

use http::HeaderValue;

/// A random identifier in the form of a UUID, version 4.
pub(super) fn key(high: u64, low: u64) -> HeaderValue {
    let high = high & !0xf000 | 0x4000;
    let low = low & !(0b11 << 62) | 0b10 << 62;
    let text = format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    );
    // Digits and hyphens can always be sent.
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("0"))
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn keys_are_uuids() {
        assert_eq!(key(0, 0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(key(u64::MAX, u64::MAX), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        let (high, low) = (0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210);
        assert_eq!(key(high, low), "01234567-89ab-4def-bedc-ba9876543210");
    }
}

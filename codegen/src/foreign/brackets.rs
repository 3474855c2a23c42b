//! Types that begin with a bracket: `[]string`, `[String: Line]`, `(String, Int)`, `{ [key: string]: Line }`.

use super::{Reader, Ty, names};

impl Reader<'_> {
    /// A type in brackets, if one begins here; none at all where it is no type that is known.
    pub(super) fn bracketed(&mut self, depth: usize) -> Option<Option<Ty>> {
        let opening = self.rest().chars().next().filter(|c| matches!(c, '(' | '[' | '{'))?;
        let begin = self.at;
        Some(match opening {
            '{' => self.index_signature(depth),
            '[' => self.slice(depth).or_else(|| {
                self.at = begin;
                self.list(depth, "]")
            }),
            _ => self.list(depth, ")"),
        })
    }

    /// `[]string` and `[16]byte`.
    fn slice(&mut self, depth: usize) -> Option<Ty> {
        let inside = self.rest().strip_prefix('[')?;
        let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
        let item = inside[digits..].strip_prefix(']')?;
        let begins = item.starts_with(|c: char| c.is_alphabetic() || matches!(c, '*' | '[' | '.'));
        if !begins {
            return None;
        }
        self.at += digits + 2;
        let item = self.one(depth)?;
        Some(match item.text.as_str() {
            "byte" | "uint8" => Ty::of("bytes"),
            _ => Ty::of(format!("list<{}>", item.written())),
        })
    }

    /// `[String]`, `[String: Line]`, `[string, number]`, and `(string | null)`, which is what is in it.
    fn list(&mut self, depth: usize, close: &str) -> Option<Ty> {
        let opened = self.at;
        self.at += 1;
        let first = self.union(depth)?;
        self.skip_blanks();
        if self.eat(close) {
            return Some(match close {
                "]" => Ty::of(format!("list<{}>", first.written())),
                _ => first,
            });
        }
        if close == "]" && self.eat(":") {
            let value = self.union(depth)?;
            self.skip_blanks();
            let ty = names::generic("map", &[first.written(), value.written()])?;
            return self.eat(close).then(|| Ty::of(ty));
        }
        self.at = opened + 1;
        let items = self.arguments(close, depth)?;
        Some(Ty::of(names::tuple(&items)))
    }

    /// `{ [key: string]: Line }`, with any name for the key or none.
    fn index_signature(&mut self, depth: usize) -> Option<Ty> {
        self.at += 1;
        self.skip_blanks();
        if !self.eat("[") {
            return None;
        }
        let before = self.at;
        self.word();
        self.skip_blanks();
        if !self.eat(":") {
            self.at = before;
        }
        let key = self.union(depth)?;
        self.skip_blanks();
        if !(self.eat("]:") || self.eat("]?:")) {
            return None;
        }
        let value = self.union(depth)?;
        self.skip_blanks();
        let _ends_with_a_sign = self.eat(";") || self.eat(",");
        self.skip_blanks();
        let ty = names::generic("map", &[key.written(), value.written()])?;
        self.eat("}").then(|| Ty::of(ty))
    }
}

//! Types as validators build them of calls: `z.string().min(1)`, `t.array(t.string)`.

use super::{Reader, Ty, names};

/// So long a chain is no type of anybody.
const MOST_STEPS: usize = 20;

impl Reader<'_> {
    /// The type that a chain of calls builds, of which the first name has been read.
    pub(super) fn chain(&mut self, name: &str, depth: usize) -> Option<Ty> {
        let given = self.call(depth)?;
        let last = name.rsplit('.').next()?;
        let mut ty = Ty::of(names::named(last, &given)?);
        let mut limits: [Option<String>; 2] = [None, None];
        for _ in 0..MOST_STEPS {
            if !self.eat(".") {
                break;
            }
            let step = self.word().to_owned();
            let inside = self.step();
            match step.to_ascii_lowercase().as_str() {
                "nullable" | "nullish" | "optional" | "allow" => ty.nullable = true,
                "min" | "gte" | "minlength" => limits[0] = number(&inside?),
                "max" | "lte" | "maxlength" => limits[1] = number(&inside?),
                "length" | "len" => {
                    limits = [number(inside.as_deref()?), number(inside.as_deref()?)];
                }
                "int" | "integer" => ty.text = "int32".to_owned(),
                "array" | "list" => ty = Ty::of(format!("list<{}>", ty.written())),
                format if let Some(meant) = crate::type_slips::of_format(format) => {
                    meant.clone_into(&mut ty.text);
                }
                _ => {}
            }
        }
        match limits {
            [None, None] => {}
            [min, max] => {
                let [min, max] = [min, max].map(Option::unwrap_or_default);
                ty.text = if min == max {
                    format!("{}({min})", ty.text)
                } else {
                    format!("{}({min}..{max})", ty.text)
                };
            }
        }
        Some(ty)
    }

    /// The types that are given in parentheses.
    fn call(&mut self, depth: usize) -> Option<Vec<String>> {
        if !self.eat("(") {
            return None;
        }
        if self.eat(")") { Some(Vec::new()) } else { self.arguments(")", depth) }
    }

    /// What stands in the parentheses of a step, which may have none.
    fn step(&mut self) -> Option<String> {
        let inside = self.rest().strip_prefix('(')?;
        let end = inside.find(')')?;
        self.at += end + 2;
        Some(inside[..end].trim().to_owned())
    }
}

fn number(text: &str) -> Option<String> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
}

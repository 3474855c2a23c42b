//! Models in one text, as other languages write them: `Line & { extra: string }`, `%w[red green]`.

use super::is_type;

/// What is of several types at once, as a model is written here.
pub(crate) fn intersection(text: &str) -> Option<String> {
    let parts = parts(text)?;
    let (mut bases, mut members) = (Vec::new(), Vec::new());
    for part in &parts {
        if let Some(inside) = part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            members.extend(own_members(inside)?);
        } else if part.starts_with(char::is_uppercase) && is_type(part) {
            bases.push(*part);
        } else if crate::vocabulary::scalar(part).is_some() && parts.first() == Some(part) {
            // What is beside a scalar only makes another type of it.
            return Some((*part).to_owned());
        } else {
            return None;
        }
    }
    let spread = match bases.as_slice() {
        [] => None,
        [one] => Some(format!("...: {one}")),
        several => Some(format!("...: [{}]", several.join(", "))),
    };
    let all: Vec<String> = spread.into_iter().chain(members).collect();
    Some(format!("{{ fields: {{ {} }} }}", all.join(", ")))
}

/// What stands between the `&` of a text, if there are some.
fn parts(text: &str) -> Option<Vec<&str>> {
    let mut depth = 0_i32;
    let inside = |c: char| {
        depth += match c {
            '{' | '<' | '[' | '(' => 1,
            '}' | '>' | ']' | ')' => -1,
            _ => 0,
        };
        depth == 0 && c == '&'
    };
    let parts: Vec<&str> = text.split(inside).map(str::trim).collect();
    (parts.len() > 1 && parts.iter().all(|part| !part.is_empty())).then_some(parts)
}

/// `a: string; b?: number`
fn own_members(inside: &str) -> Option<Vec<String>> {
    let all = inside.split([';', ',']).map(str::trim).filter(|member| !member.is_empty());
    all.map(|member| {
        let (name, ty) = member.split_once(':')?;
        let name = name.trim().trim_start_matches("readonly ");
        let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '?'));
        plain.then(|| Some(format!("{name}: {}", super::member(ty.trim())?.written)))?
    })
    .collect()
}

/// The words of a list as Ruby has it, in brackets: `%w[red green]`, `%i(red green)`.
pub(crate) fn words(text: &str) -> Option<String> {
    let inside = text.strip_prefix("%w").or_else(|| text.strip_prefix("%i"))?;
    let close = match inside.chars().next()? {
        '[' => ']',
        '(' => ')',
        '{' => '}',
        _ => return None,
    };
    let words: Vec<&str> = inside[1..].strip_suffix(close)?.split_whitespace().collect();
    let plain =
        |word: &&str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    (!words.is_empty() && words.iter().all(plain)).then(|| format!("[{}]", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_of_other_languages_are_read() {
        for (foreign, own) in [
            ("Line & Order", "{ fields: { ...: [Line, Order] } }"),
            (
                "Line & { extra: string; more?: number[] }",
                "{ fields: { ...: Line, extra: string, more?: list<double> } }",
            ),
            ("string & { __brand: 'id' }", "string"),
        ] {
            assert_eq!(intersection(foreign).as_deref(), Some(own), "{foreign}");
        }
        for none in ["Line", "Line &", "a & b", "Line & keyof Order", "See A & B [x]"] {
            assert_eq!(intersection(none), None, "{none}");
        }
        assert_eq!(words("%w[red green]").as_deref(), Some("[red, green]"));
        assert_eq!(words("%i(red off-white)").as_deref(), Some("[red, off-white]"));
        assert_eq!((words("%w[]"), words("%d"), words("%w[a,b]")), (None, None, None));
    }
}

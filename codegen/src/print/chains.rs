//! Calls on calls, and what takes arguments. prettyplease breaks the arguments of the first call of a chain before the
//! chain itself, puts a receiver on a line of its own even where one call follows it, and breaks a signature before it
//! is too long; here these are laid out as rustfmt does it.

use super::literal::lines_of_first;

/// How long a line may be.
const WIDTH: usize = 100;

/// The same items, their chains laid out anew. What is not understood here stays as it was.
pub(super) fn rejoin(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < lines.len() {
        let rest = &lines[at..];
        let (taken, new) = assigned(rest)
            .or_else(|| received(rest))
            .or_else(|| signature(rest))
            .unwrap_or_else(|| {
                let taken = lines_of_first(rest);
                (taken, rest[..taken].join("\n") + "\n")
            });
        out.push_str(&new);
        at += taken;
    }
    out
}

/// `const NAME: TYPE = head(…).call(…);` where `head` or the chain was broken: how many lines it took, and what stands
/// for them.
fn assigned(lines: &[&str]) -> Option<(usize, String)> {
    let first = lines.first()?;
    let indent = indent_of(first);
    let (left, head) = first.split_once(" = ")?;
    // A head that was broken is indented twice; behind a whole one the chain begins.
    let next = lines.get(1)?;
    let broken = head.ends_with('(') && indent_of(next) == indent + 8;
    let whole_head = indent_of(next) == indent + 4 && next.trim_start().starts_with('.');
    if !(broken || whole_head && left.trim_start().starts_with("const ")) {
        return None;
    }
    let taken = 1 + lines.iter().position(|line| line.ends_with(';'))?;
    let whole = joined(head, &lines[1..taken])?;
    let links = chain(&whole)?;
    let margin = " ".repeat(indent + 4);
    let one = format!("{left} = {whole}");
    if one.len() <= WIDTH {
        return Some((taken, one + "\n"));
    }
    let two = format!("{left} =\n{margin}{whole}\n");
    if margin.len() + whole.len() <= WIDTH {
        return Some((taken, two));
    }
    let mut out = format!("{left} =\n{margin}{}\n", links[0]);
    for link in &links[1..] {
        out += &format!("{margin}    {link}\n");
    }
    out.lines().all(|line| line.len() <= WIDTH).then_some((taken, out))
}

/// `receiver.call(…)` where the receiver stands on a line of its own and one call follows.
fn received(lines: &[&str]) -> Option<(usize, String)> {
    let first = lines.first()?;
    let indent = indent_of(first);
    let receiver = &first[indent..];
    let next = lines.get(1)?;
    if !is_name(receiver) || indent_of(next) != indent + 4 || !next.trim_start().starts_with('.') {
        return None;
    }
    // What is indented like the call belongs to it if it closes something.
    let inside = lines[2..]
        .iter()
        .take_while(|line| {
            indent_of(line) > indent + 4
                || line.trim_start().starts_with([')', '>']) && indent_of(line) == indent + 4
        })
        .count();
    let taken = 2 + inside;
    if lines.get(taken).is_some_and(|line| indent_of(line) > indent) {
        return None;
    }
    let whole = joined(receiver, &lines[1..taken])?;
    if chain(&whole)?.len() > 2 {
        return None;
    }
    let margin = &first[..indent];
    if indent + whole.len() <= WIDTH {
        return Some((taken, format!("{margin}{whole}\n")));
    }
    let (head, arguments, tail) = last_call(&whole)?;
    let out = match arguments[..] {
        // The body of a closure takes a block, as rustfmt has it.
        [closure] if closure.starts_with('|') => {
            let (names, body) = closure[1..].split_once("| ")?;
            format!("{margin}{head}(|{names}| {{\n{margin}    {body}\n{margin}}}){tail}\n")
        }
        _ => {
            let rows: String =
                arguments.iter().map(|argument| format!("{margin}    {argument},\n")).collect();
            format!("{margin}{head}(\n{rows}{margin}){tail}\n")
        }
    };
    out.lines().all(|line| line.len() <= WIDTH).then_some((taken, out))
}

/// An expression on one line; none where blocks are in it, which have lines of their own.
fn joined(first: &str, rest: &[&str]) -> Option<String> {
    let mut out = first.to_owned();
    for line in rest.iter().map(|line| line.trim()) {
        let has_block = line.ends_with(['{', '}']) || line.starts_with(['{', '}', '|']);
        // In a tuple of one the last comma says something.
        let tuple = line.strip_suffix('(').is_some_and(|before| !before.ends_with(is_callee));
        if has_block || tuple || line.contains("r#\"") {
            return None;
        }
        if line.starts_with([')', ']', '>']) {
            // A comma in front of what closes was there for its line only.
            let end = out.trim_end_matches(',').len();
            out.truncate(end);
        } else if out.ends_with(',') {
            out.push(' ');
        } else if !out.ends_with(['(', '[', '<', '&']) && !line.starts_with(['.', '?']) {
            return None;
        }
        out += line;
    }
    Some(out)
}

/// The parts of a chain: what it begins with, and each call or member behind it.
fn chain(text: &str) -> Option<Vec<&str>> {
    let mut starts = vec![0];
    scan(text, |at, sign, depth| {
        if sign == b'.' && depth == 0 {
            starts.push(at);
        }
    })?;
    starts.push(text.len());
    Some(starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect())
}

/// The last call: what is before its arguments, these, and what follows them.
fn last_call(text: &str) -> Option<(&str, Vec<&str>, &str)> {
    let (mut open, mut close) = (None, None);
    scan(text, |at, sign, depth| match sign {
        b'(' if depth == 1 => open = Some(at),
        b')' if depth == 0 => close = Some(at),
        _ => {}
    })?;
    let (open, close) = (open?, close?);
    let inside = &text[open + 1..close];
    let mut arguments = Vec::new();
    let mut start = 0;
    scan(inside, |at, sign, depth| {
        if sign == b',' && depth == 0 {
            arguments.push(inside[start..at].trim());
            start = at + 1;
        }
    })?;
    arguments.push(inside[start..].trim());
    Some((&text[..open], arguments, &text[close + 1..]))
}

/// Shows each sign outside of literals, with how many brackets are open behind it; nothing if they do not match.
fn scan(text: &str, mut each: impl FnMut(usize, u8, usize)) -> Option<()> {
    let bytes = text.as_bytes();
    let (mut depth, mut angles) = (0_usize, 0_usize);
    let mut at = 0;
    while let Some(&sign) = bytes.get(at) {
        let before = at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        match sign {
            b'"' => at += literal(&bytes[at..])?,
            b'\'' if bytes.get(at + 2) == Some(&b'\'') => at += 2,
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.checked_sub(1)?,
            b'<' if before == b':' || angles > 0 => {
                depth += 1;
                angles += 1;
            }
            b'>' if angles > 0 && before != b'-' => {
                depth = depth.checked_sub(1)?;
                angles -= 1;
            }
            _ => {}
        }
        each(at, sign, depth);
        at += 1;
    }
    (depth == 0).then_some(())
}

/// How far it is from the beginning of a text to its end.
fn literal(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    while bytes.get(at)? != &b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    Some(at)
}

/// A signature that fits on one line.
fn signature(lines: &[&str]) -> Option<(usize, String)> {
    let first = lines.first()?;
    let indent = indent_of(first);
    if !first.ends_with('(') || !first[indent..].split(' ').any(|word| word == "fn") {
        return None;
    }
    let taken = 2 + lines[1..].iter().position(|line| indent_of(line) == indent)?;
    let (last, arguments) = lines[1..taken].split_last()?;
    let open = last.trim_start().strip_suffix(" {")?;
    let one = format!("{} {{\n", joined(first, &[arguments, &[open]].concat())?);
    (one.len() <= WIDTH + 1).then_some((taken, one))
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_callee(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '_' | '>' | '!')
}

#[cfg(test)]
mod tests {
    use super::rejoin;

    #[track_caller]
    fn check(given: &str, expected: &str) {
        assert_eq!(rejoin(given), expected);
    }

    #[test]
    fn a_chain_behind_an_equals_sign() {
        check(
            "    const A: B = C::get(\n            \"x, y\",\n            \"/z.a\",\n        )\n        .auth(D);\n",
            "    const A: B = C::get(\"x, y\", \"/z.a\").auth(D);\n",
        );
        let name = "n".repeat(60);
        check(
            &format!(
                "const A: B = C::get(\n        \"{name}\",\n        \"/z.a\",\n    )\n    .auth(Something);\n"
            ),
            &format!("const A: B =\n    C::get(\"{name}\", \"/z.a\").auth(Something);\n"),
        );
        let long = "n".repeat(80);
        check(
            &format!(
                "const A: B = C::get(\n        \"{long}\",\n    )\n    .auth(Something);\nconst E: F = 1;\n"
            ),
            &format!(
                "const A: B =\n    C::get(\"{long}\")\n        .auth(Something);\nconst E: F = 1;\n"
            ),
        );
    }

    #[test]
    fn a_chain_that_was_broken_behind_its_head() {
        let name = "n".repeat(60);
        check(
            &format!("const A: B = C::get(\"{name}\", \"/z.a\")\n    .auth(Something);\n"),
            &format!("const A: B =\n    C::get(\"{name}\", \"/z.a\").auth(Something);\n"),
        );
    }

    #[test]
    fn a_signature() {
        check(
            "    pub fn a(\n        self,\n        b: impl Into<C>,\n    ) -> D<E> {\n        f\n    }\n",
            "    pub fn a(self, b: impl Into<C>) -> D<E> {\n        f\n    }\n",
        );
        let long = format!("fn a(\n    b: {},\n) -> D {{\n    f\n}}\n", "B".repeat(90));
        check(&long, &long);
    }

    #[test]
    fn a_receiver_on_its_own_line() {
        check(
            "    a\n        .b::<\n            C,\n            _,\n        >(\"d\", &self.e);\n    f\n}\n",
            "    a.b::<C, _>(\"d\", &self.e);\n    f\n}\n",
        );
        let long = "n".repeat(80);
        check(
            &format!("    a\n        .b::<C, _>(\"(,{long}\", &[(\"d\", 1), (\"e\", 2)]);\n"),
            &format!(
                "    a.b::<C, _>(\n        \"(,{long}\",\n        &[(\"d\", 1), (\"e\", 2)],\n    );\n"
            ),
        );
    }

    #[test]
    fn a_closure_takes_a_block() {
        let long = "n".repeat(88);
        check(
            &format!("    a\n        .map(|b| c(\n            {long},\n        ))\n}}\n"),
            &format!("    a.map(|b| {{\n        c({long})\n    }})\n}}\n"),
        );
    }

    #[test]
    fn what_is_no_such_chain_stays() {
        for text in [
            "    a(\n        r#\"\n    b\n        .c();\n\"#,\n    );\n",
            "    a\n        .b()\n        .c();\n",
            "    a\n        .b(|c| {\n            d\n        });\n",
            "    a\n}\n",
            "    let x = f(\n        1,\n    );\n",
            "    a\n        .b(\n            (\n                c,\n            ),\n        );\n",
        ] {
            check(text, text);
        }
    }
}

//! Raw literals of several lines: what looks like code inside them is text, which no layout may touch.

/// How many lines belong to the first one because of a raw literal that it begins: one where it begins none, or ends it.
pub(super) fn lines_of_first(lines: &[&str]) -> usize {
    let mut taken = 0;
    let mut open: Option<String> = None;
    for line in lines {
        taken += 1;
        open = left_open(line, open);
        if open.is_none() {
            break;
        }
    }
    taken
}

/// What will end the literal that is open behind a line, of which `open` would end the one before it.
fn left_open(line: &str, open: Option<String>) -> Option<String> {
    let mut rest = line;
    if let Some(end) = open {
        match rest.split_once(&end) {
            Some((_, behind)) => rest = behind,
            None => return Some(end),
        }
    } else if rest.trim_start().starts_with("//") {
        return None;
    }
    // In other literals a quote has a backslash before it, so that it is none of these.
    while let Some((_, behind)) = rest.split_once("r#") {
        let signs = 1 + behind.len() - behind.trim_start_matches('#').len();
        rest = &behind[signs - 1..];
        let Some(inside) = rest.strip_prefix('"') else { continue };
        let end = format!("\"{}", "#".repeat(signs));
        match inside.split_once(&end) {
            Some((_, behind)) => rest = behind,
            None => return Some(end),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::lines_of_first;

    #[test]
    fn a_literal_takes_the_lines_up_to_its_end() {
        for (lines, taken) in [
            (&["a(", "b"][..], 1),
            (&["r#\"a", "b\"", "c\"#)", "d"], 3),
            (&["r##\"a\"#", "b\"##)", "d"], 2),
            (&["(r#\"a\"#, r#type)", "b"], 1),
            (&["(r#\"a\"#, r#\"b", "c\"#, r#\"d", "e\"#", "f"], 3),
            (&["/// r#\"", "a"], 1),
            (&["\"r#\\\"a\"", "b"], 1),
        ] {
            assert_eq!(lines_of_first(lines), taken, "{lines:?}");
        }
    }
}

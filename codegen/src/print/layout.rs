//! Blank lines. prettyplease prints none inside items, and tokens carry none.

use super::literal::lines_of_first;

/// Puts a blank line before every member of an `impl` or `trait` that follows another one, except
/// between short ones of a kind, and between items.
pub(super) fn spread(text: &str, out: &mut String) {
    let lines: Vec<&str> = text.lines().collect();
    let mut previous = "";
    let mut at = 0;
    while at < lines.len() {
        if wants_blank(previous, lines[at]) {
            out.push('\n');
        }
        let taken = lines_of_first(&lines[at..]);
        for line in &lines[at..at + taken] {
            out.push_str(line);
            out.push('\n');
            previous = line;
        }
        at += taken;
    }
}

fn wants_blank(previous: &str, line: &str) -> bool {
    let (above, here) = (Line::of(previous), Line::of(line));
    // A member that began above and took several lines.
    if here.indent == 4 && above.indent > 4 && above.text.ends_with(';') && here.starts_member() {
        return true;
    }
    if above.indent != here.indent || here.text.starts_with('}') || here.text.is_empty() {
        return false;
    }
    match above.indent {
        // Between items; lines of `use` and `mod` stay together.
        0 => {
            above.text == "}"
                || (above.text.ends_with("});") || above.ends_item()) && here.starts_documented()
        }
        4 => {
            // A member of an impl that ended with a body, or a constant or type before a function.
            (above.text == "}" && here.starts_member())
                || (above.is_definition() && here.starts_member() && !here.is_same_kind(&above))
        }
        _ => false,
    }
}

struct Line<'t> {
    indent: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    fn of(line: &'t str) -> Self {
        let text = line.trim_start();
        Self { indent: line.len() - text.len(), text }
    }

    fn starts_member(&self) -> bool {
        ["///", "#[", "fn ", "pub", "const ", "type ", "async "]
            .iter()
            .any(|start| self.text.starts_with(start))
    }

    fn starts_documented(&self) -> bool {
        self.text.starts_with("///") || self.text.starts_with("#[") || self.text.starts_with("impl")
    }

    fn ends_item(&self) -> bool {
        self.text.ends_with(';') && !self.text.starts_with("use ") && !self.text.starts_with("mod ")
    }

    fn is_definition(&self) -> bool {
        self.text.ends_with(';')
            && ["const ", "type ", "pub(super) const", "."].iter().any(|s| self.text.starts_with(s))
    }

    fn is_same_kind(&self, other: &Self) -> bool {
        let kind = |line: &Self| line.text.split(' ').next().map(str::to_owned);
        kind(self) == kind(other)
    }
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn literals_stay_as_they_are() {
        let text = "fn a() {\n    b(\n        r#\"\n    }\n    pub c\n\"#,\n    );\n}\n";
        let mut out = String::new();
        spread(text, &mut out);
        assert_eq!(out, text);
    }
}

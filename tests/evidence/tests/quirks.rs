//! Each quirk of a provider names the lines of the specification that answer it, and the lines are those.
//!
//! Below the table of quirks stand the lines by number. `UPDATE=1 cargo test -p evidence-tests --test quirks` moves the
//! numbers to where the lines are now. A line that has become another one has to be looked at by a person.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const PROVIDERS: [&str; 4] = ["polar", "punt", "pwc", "sunshine"];

/// What begins the list of lines.
const LIST: &str = "\n## The lines\n\n```text\n";

/// A line of a specification: its file and its number.
type Place = (String, usize);

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs")
}

/// The lines of a file of a provider, or of one that it uses.
fn lines(provider: &str, file: &str) -> Vec<String> {
    let folders = [provider, "common"].map(|folder| specs().join(folder).join(file));
    let text = folders.iter().find_map(|path| fs::read_to_string(path).ok());
    let text = text.unwrap_or_else(|| panic!("{provider} has no file `{file}`"));
    text.lines().map(|line| line.trim().to_owned()).collect()
}

/// `users.yaml:48`, wherever it stands in a text.
fn places(text: &str) -> Vec<Place> {
    let words = text.split(|c: char| !c.is_alphanumeric() && !"._:".contains(c));
    words
        .filter_map(|word| {
            let (file, number) = word.split_once(':')?;
            let number = number.parse().ok()?;
            file.ends_with(".yaml").then(|| (file.to_owned(), number))
        })
        .collect()
}

/// The table, and what the list says of each line.
fn read(text: &str) -> (&str, BTreeMap<Place, String>) {
    let Some((table, list)) = text.split_once(LIST) else { return (text, BTreeMap::new()) };
    let mut known = BTreeMap::new();
    for line in list.lines().take_while(|line| *line != "```") {
        let (place, said) = line.split_once(": ").unwrap_or_else(|| panic!("no line: {line}"));
        known.insert(places(place).remove(0), said.to_owned());
    }
    (table, known)
}

/// The number of the line with this text which is nearest to where it was.
fn nearest(lines: &[String], said: &str, was: usize) -> Option<usize> {
    let same = lines.iter().enumerate().filter(|(_, line)| *line == said);
    same.map(|(index, _)| index + 1).min_by_key(|number| number.abs_diff(was))
}

/// The document as it should be.
fn settled(text: &str, lines: impl Fn(&str) -> Vec<String>) -> Result<String, String> {
    let (table, known) = read(text);
    let mut moved: BTreeMap<Place, usize> = BTreeMap::new();
    let mut list: BTreeMap<Place, String> = BTreeMap::new();
    for place in places(table) {
        let (file, was) = &place;
        let lines = lines(file);
        let now = match known.get(&place) {
            None => *was,
            Some(said) => nearest(&lines, said, *was)
                .ok_or_else(|| format!("{file}:{was} was `{said}`, which is nowhere any more"))?,
        };
        let said = now.checked_sub(1).and_then(|index| lines.get(index));
        let said = said.ok_or_else(|| format!("{file} has no line {now}"))?;
        list.insert((file.clone(), now), said.clone());
        moved.insert(place, now);
    }
    // The longest numbers first, since `a.yaml:1` begins `a.yaml:12`; and all by way of a mark.
    let mut table = table.to_owned();
    for ((file, was), now) in moved.iter().rev() {
        table = table.replace(&format!("{file}:{was}"), &format!("{file}\u{0}{now}"));
    }
    let list: String =
        list.iter().map(|((file, number), said)| format!("{file}:{number}: {said}\n")).collect();
    Ok(format!(
        "{}{LIST}{list}```\n",
        table.replace('\u{0}', ":").trim_end_matches('\n').to_owned() + "\n"
    ))
}

#[test]
fn the_lines_are_where_the_quirks_say() {
    for provider in PROVIDERS {
        let path = specs().join(provider).join("QUIRKS.md");
        let text = fs::read_to_string(&path).unwrap();
        let settled = settled(&text, |file| lines(provider, file));
        let settled = settled.unwrap_or_else(|error| panic!("{provider}: {error}"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &settled).unwrap();
        }
        let now = fs::read_to_string(&path).unwrap();
        let stale = now.lines().zip(settled.lines()).find(|(now, settled)| now != settled);
        assert!(
            now == settled,
            "{provider}: UPDATE=1 cargo test -p evidence-tests --test quirks writes {stale:?}"
        );
    }
}

/// What begins the answer to a quirk that stands in a comment only, since there is nothing to say in YAML.
const COMMENT: &str = "(comment) ";

/// Each quirk is answered by what the generator reads, or says of itself that it is not.
#[test]
fn quirks_are_answered_in_yaml() {
    for (provider, comments) in PROVIDERS.into_iter().zip([1, 0, 1, 0]) {
        let text = fs::read_to_string(specs().join(provider).join("QUIRKS.md")).unwrap();
        let rows = text.lines().filter(|line| line.starts_with("| ") && !places(line).is_empty());
        let mut only = 0;
        for row in rows {
            let is_comment =
                |(file, number): Place| lines(provider, &file)[number - 1].starts_with('#');
            let all = places(row).into_iter().all(is_comment);
            assert_eq!(all, row.contains(COMMENT), "{provider}: {row}");
            only += usize::from(all);
        }
        assert_eq!(only, comments, "{provider}");
    }
}

/// Quirks are numbered as they are counted, and each has an answer.
#[test]
fn no_quirk_is_left_out() {
    for (provider, count) in PROVIDERS.into_iter().zip([25, 18, 19, 32]) {
        let text = fs::read_to_string(specs().join(provider).join("QUIRKS.md")).unwrap();
        let rows = text.lines().filter_map(|line| {
            let (number, rest) = line.strip_prefix("| ")?.split_once(" | ")?;
            Some((number.parse::<usize>().ok()?, rest.to_owned()))
        });
        let rows: Vec<_> = rows.collect();
        for (number, row) in &rows {
            assert!(!places(row).is_empty(), "{provider}: nothing answers quirk {number}");
        }
        let mut numbers: Vec<usize> = rows.into_iter().map(|(number, _)| number).collect();
        numbers.dedup();
        assert_eq!(numbers, (1..=count).collect::<Vec<_>>(), "{provider}");
    }
}

/// The comparison itself moves what has moved, and tells what is gone.
#[test]
fn numbers_follow_their_lines() {
    let now = |_: &str| ["a", "new", "b", "a", "b"].map(str::to_owned).to_vec();
    let table = "| 1 | x | `t.yaml:2`, `t.yaml:1` |\n";
    let text = format!("{table}{LIST}t.yaml:1: a\nt.yaml:2: b\n```\n");
    let moved = settled(&text, now).unwrap();
    let expected = table.replace("t.yaml:2", "t.yaml:3");
    assert_eq!(moved, format!("{expected}{LIST}t.yaml:1: a\nt.yaml:3: b\n```\n"));
    assert_eq!(settled(&moved, now).unwrap(), moved);
    let gone = settled(&text.replace(": b\n", ": c\n"), now).unwrap_err();
    assert_eq!(gone, "t.yaml:2 was `c`, which is nowhere any more");
    // A new number is taken as it is, if there is such a line.
    assert!(settled("`t.yaml:5`\n", now).unwrap().contains("t.yaml:5: b"));
    assert_eq!(settled("`t.yaml:6`\n", now).unwrap_err(), "t.yaml has no line 6");
}

//! Lines and values that stand in the place of others.

use crate::blocks::neighbour;
use crate::lines::{self, Made};
use crate::tree::{Entry, Kind};

/// The line and the next one have changed places.
pub(super) fn swapped(text: &str, entries: &[Entry], entry: &Entry) -> Option<Made> {
    if entry.flow || !entry.leads || entry.path.len() < 3 {
        return None;
    }
    let around = lines::number(text, entries[entry.parent?].key.start);
    let first = lines::whole(text, &(entry.key.start..entry.key.start));
    let second = lines::whole(text, &(first.end..first.end));
    let line = lines::number(text, first.start);
    let is_line = |line: &str| !line.trim().is_empty() && line.ends_with('\n');
    let both = [&text[first.clone()], &text[second.clone()]];
    // Of two neighbours neither has a place of its own.
    let alike = entries.iter().any(|it| {
        it.parent == entry.parent && !it.flow && second.contains(&it.key.start) && it.leads
    });
    (both.iter().all(|line| is_line(line)) && !alike).then(|| Made {
        text: lines::replaced(text, first.start..second.end, &format!("{}{}", both[1], both[0])),
        lines: vec![around..=line, line + 1..=lines::number(text, text.len())],
    })
}

/// The values of two neighbours have changed places.
pub(super) fn exchanged(text: &str, entries: &[Entry], entry: &Entry) -> Option<Made> {
    let next = neighbour(entries, entry, true)?;
    let plain = |it: &Entry| it.value == Kind::Plain && it.end > it.start;
    let told = |it: &Entry| lines::numbers(text, &it.range());
    (plain(entry) && plain(next) && !entry.flow).then(|| {
        let (one, other) = (&text[entry.start..entry.end], &text[next.start..next.end]);
        let changed = lines::replaced(text, next.start..next.end, one);
        let changed = lines::replaced(&changed, entry.start..entry.end, other);
        Made { text: changed, lines: vec![told(entry), told(next)] }
    })
}

/// The value stands with that of the key above, and its own key has none.
pub(super) fn given_up(text: &str, entries: &[Entry], entry: &Entry) -> Option<Made> {
    let above = neighbour(entries, entry, false)?;
    let plain = |it: &Entry| it.value == Kind::Plain && it.end > it.start;
    let told = |it: &Entry| lines::numbers(text, &it.range());
    (plain(entry) && plain(above) && !entry.flow).then(|| {
        let value = format!(" {}", &text[entry.start..entry.end]);
        let changed = lines::replaced(text, entry.after..entry.end, "");
        let changed = lines::replaced(&changed, above.after..above.end, &value);
        Made { text: changed, lines: vec![told(above), told(entry)] }
    })
}

/// A definition stands once more among those of another kind.
pub(super) fn copied(text: &str, entries: &[Entry], entry: &Entry, to: &str) -> Option<Made> {
    let from = entry.path.first().filter(|_| entry.path.len() == 2 && !entry.flow)?;
    let other = entries.iter().find(|it| it.path == [to] && from != to)?;
    let inside = |it: &&Entry| it.path.len() == 2 && it.path[0] == to && it.leads;
    let last = entries.iter().rfind(inside)?;
    let end = lines::whole(text, &last.range()).end;
    let own = lines::whole(text, &entry.range());
    let fits = other.value == Kind::Mapping
        && !last.flow
        && entry.leads
        && lines::column(text, last.key.start) == lines::column(text, entry.key.start)
        && text[..end].ends_with('\n')
        && text[own.clone()].ends_with('\n');
    fits.then(|| {
        let line = lines::number(text, end);
        let more = text[own.clone()].lines().count();
        Made::new(lines::replaced(text, end..end, &text[own]), line..=line + more - 1)
    })
}

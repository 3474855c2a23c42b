//! Text to tree. The only importer of the YAML scanner: its events and its errors are translated
//! here and go no further.

use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle, options};

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::{FileId, Span};

use super::fault::{Fault, Kind, Reach, Stop};
use super::tree::{Blank, Finished, MAX_DEPTH, Tree, span};
use super::{Node, Style, conflict, lexical, preflight, recover, spaces};

/// How many faults are looked for in one file, each of which costs reading it once more.
const MAX_FAULTS: usize = 20;
/// Above our own limit, so that ours is the one that is met; the scanner looks ahead.
const SCANNER_DEPTH: usize = 4 * MAX_DEPTH;

/// What could be read.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    /// The tree; nothing for an empty file.
    pub(crate) node: Option<Node>,
    /// False when parts were left out because of faults: what is missing then may only be unread.
    pub(crate) complete: bool,
    /// The keys of the parts that were left out.
    pub(crate) lost: Vec<LostKey>,
}

/// What is or may be a key of a part that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LostKey {
    /// Without its mark and names for types.
    pub(crate) name: String,
    /// Its place; of the first one of a part it begins where the part does.
    pub(crate) span: Span,
    /// How many mappings are around its own. Nothing where that cannot be told.
    pub(crate) depth: Option<usize>,
    /// Whether nothing stands behind it, not even a colon: it may be the beginning of a name only.
    pub(crate) torn: bool,
}

/// Reads one file. Every fault goes to `diagnostics`; whatever is not faulty comes back.
pub(crate) fn parse(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Parsed {
    let Some(clean) = preflight::preflight(file, text, diagnostics) else {
        return Parsed { node: None, complete: false, lost: Vec::new() };
    };
    let source = text;
    let mut text = clean.text;
    let mut blanked: Vec<Blank> = Vec::new();
    let mut complete = clean.mended.is_empty();
    let mut lost = Vec::new();
    let left_out = conflict::find(file, &text, diagnostics);
    for mark in &left_out.marks {
        recover::blank_out(&mut text, mark);
        complete = false;
    }
    for side in &left_out.sides {
        lost.extend(keys(file, &text, side));
        blanked.push(Blank { start: side.start, column: Some(lexical::indent(&text, side.start)) });
        recover::blank_out(&mut text, side);
    }
    let strange = spaces::find(file, &text, diagnostics);
    for place in &strange.spaces {
        recover::blank_out(&mut text, place);
    }
    for lines in &strange.lines {
        let lines = if text[lines.clone()].starts_with(spaces::is_strange) {
            lines.clone()
        } else {
            recover::entry(&text, lines.start)
        };
        let bare = |name: String| name.replace(spaces::is_strange, "");
        // How far such a line is indented nobody knows.
        let all = keys(file, &text, &lines);
        lost.extend(all.map(|key| LostKey { name: bare(key.name), depth: None, ..key }));
        blanked.push(Blank { start: lines.start, column: None });
        recover::blank_out(&mut text, &lines);
        complete = false;
    }
    let mut faults: Vec<Diagnostic> = Vec::new();
    for attempt in 0.. {
        let mut tree = Tree::new(file, &text, &blanked);
        let Err(stop) = read(file, &text, clean.start, &mut tree) else {
            // Findings of earlier readings may have come from a quote that swallowed half the
            // file; those of the last one did not.
            let Finished { node, found, complete: whole, lost: refused } = tree.finish();
            diagnostics.extend(faults);
            diagnostics.extend(found);
            lost.extend(refused);
            return Parsed { node, complete: complete && whole, lost };
        };
        complete = false;
        let tabs = stop.kind == Kind::Tab;
        let outside = stop.kind == Kind::Outside;
        let Fault { diagnostic, line, reach } = stop.fault();
        let place = diagnostic.span;
        let crooked = diagnostic.code == &codes::INDENTATION && reach != Reach::Value;
        let torn = diagnostic.code == &codes::MISSING_COLON;
        // A dash before its key leaves the lines of a text no further inside than the key.
        let head = || source.get(line..lexical::line_end(source, line)).unwrap_or_default();
        if *diagnostic.code == codes::LIST_PLACE && lexical::opens_text(head()) {
            let below = recover::entry(source, line);
            faults.retain(|fault| !below.contains(&(fault.span.start as usize)));
        }
        // A space in place of a character moves what stands behind it, which is no mistake of its own.
        if !clean.mended.contains(&lexical::line_start(&text, place.start as usize)) {
            faults.push(diagnostic);
        }
        if outside && !crooked && !torn {
            break;
        }
        if attempt == MAX_FAULTS {
            let message = "many faults in this file; the rest is not looked at";
            faults.push(Diagnostic::error(&codes::TOO_MANY_FAULTS, place, message));
            break;
        }
        if tabs && let Some(spaced) = recover::without_tabs(&text) {
            text = spaced;
            continue;
        }
        let placed = !crooked && !tabs && reach == Reach::Entry;
        let entry =
            if crooked { recover::neighbours(&text, line) } else { recover::entry(&text, line) };
        let entry = entry.start.max(clean.start)..entry.end;
        let first = lexical::first_of_line(&text, entry.start);
        let is_value = torn && text[first..].starts_with(['{', '[']);
        // Its keys are those of a value.
        let named = keys(file, &text, &entry).filter(|_| !is_value);
        lost.extend(named.map(|key| LostKey {
            depth: key.depth.filter(|_| placed),
            torn: key.torn && torn,
            ..key
        }));
        let is_item = reach == Reach::Value || text[first..].starts_with('-');
        let column = lexical::indent(&text, entry.start) + usize::from(is_item);
        if !recover::blank_out(&mut text, &entry) {
            break;
        }
        // In braces it is a value, of the key above it.
        let column = Some(column).filter(|_| !crooked && !tabs && !is_value);
        blanked.push(Blank { start: entry.start, column });
        blanked.sort_by_key(|blank| blank.start);
    }
    diagnostics.extend(faults);
    Parsed { node: None, complete: false, lost }
}

/// What may be keys in a stretch that is not read.
fn keys<'t>(
    file: FileId,
    text: &'t str,
    stretch: &Range<usize>,
) -> impl Iterator<Item = LostKey> + use<'t> {
    let start = stretch.start;
    recover::keys(text, stretch).into_iter().enumerate().map(move |(index, key)| LostKey {
        name: recover::name(&text[key.at.clone()]).to_owned(),
        span: span(file, &(if index == 0 { start } else { key.at.start }..key.at.end)),
        depth: Some(key.depth),
        torn: index == 0 && text[key.at.end..lexical::line_end(text, key.at.end)].trim().is_empty(),
    })
}

/// One reading, up to the first thing that the scanner cannot get past.
fn read<'t>(
    file: FileId,
    text: &'t str,
    start: usize,
    tree: &mut Tree<'t>,
) -> Result<(), Stop<'t>> {
    let mut options = options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: SCANNER_DEPTH,
        block_nesting_limit: SCANNER_DEPTH,
    };
    options.set_emit_comments(false);
    let stop = |tree: &Tree<'t>, kind, at| Stop {
        file,
        text,
        kind,
        at,
        cursor: tree.cursor.max(start),
        last_plain: tree.last_plain.clone(),
        brackets: tree.brackets(),
    };
    let mut documents = 0;
    for next in Parser::new_from_str_with_options(&text[start..], options) {
        let (event, place) = match next {
            Ok(next) => next,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0) + start;
                return Err(stop(tree, kind(&error), at));
            }
        };
        let offset = |marker: granit_parser::Marker| marker.byte_offset().unwrap_or(0) + start;
        let at = offset(place.start)..offset(place.end);
        if let Some(tag) = place.tag_span() {
            tree.tag(&(offset(tag.start)..offset(tag.end)));
        }
        match event {
            Event::Scalar(value, style, _, _) => tree.scalar(at, &value, scalar_style(style)),
            Event::SequenceStart(..) | Event::MappingStart(..) if tree.depth() == MAX_DEPTH => {
                return Err(stop(tree, Kind::Depth, at.start));
            }
            Event::SequenceStart(style, ..) => tree.open(at, false, style == StructureStyle::Flow),
            Event::MappingStart(style, ..) => tree.open(at, true, style == StructureStyle::Flow),
            Event::SequenceEnd | Event::MappingEnd => tree.close(&at),
            Event::Alias(_) => tree.alias(at, true),
            Event::UnresolvedAlias(_) => tree.alias(at, false),
            Event::Anchor(..) => tree.anchor(&at),
            Event::DocumentStart(..) => {
                documents += 1;
                if documents == 2 {
                    tree.second_document(at.start);
                    break;
                }
            }
            // The rest says nothing about values.
            _ => {}
        }
        if tree.given_up {
            break;
        }
    }
    Ok(())
}

/// The comments of a text without faults, in order, from their `#` to the end of their line.
pub(crate) fn comments(text: &str) -> Option<Vec<Range<usize>>> {
    let mut options =
        options! { flow_nesting_limit: SCANNER_DEPTH, block_nesting_limit: SCANNER_DEPTH };
    options.set_emit_comments(true);
    options.max_buffered_comment_events = usize::MAX;
    let mut found = Vec::new();
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, place) = next.ok()?;
        if matches!(event, Event::Comment(..)) {
            let start = place.start.byte_offset()?;
            found.push(start..lexical::line_end(text, start));
        }
    }
    // They are handed out with the tokens they were found before.
    found.sort_by_key(|comment| comment.start);
    found.dedup();
    Some(found)
}

fn scalar_style(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

fn kind(error: &ScanError) -> Kind {
    use ErrorKind as E;
    match error.kind() {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabAtBlockScalarStart
        | E::TabInIndentation
        | E::TabInPlainScalar => Kind::Tab,
        E::MappingValueNotAllowed | E::MappingKeyNotAllowed => Kind::Colon,
        E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::InvalidColonPlacement
        | E::FlowMappingValueAdjacentCollection => Kind::Separator,
        E::ExpectedBlockMappingKey | E::InvalidIndentation => Kind::MappingLine,
        E::ExpectedBlockSequenceEntry => Kind::SequenceLine,
        E::SimpleKeyExpected | E::InvalidSimpleKey => Kind::NoColon,
        E::InvalidQuotedScalarIndent
        | E::DocumentIndicatorInQuotedScalar
        | E::UnclosedQuotedScalar => Kind::OpenQuote,
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            Kind::AfterQuote
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => Kind::Escape,
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping => Kind::OpenBracket,
        E::MismatchedFlowCollectionEnd { .. } => Kind::WrongBracket,
        E::MisplacedFlowCollectionEnd => Kind::StrayBracket,
        E::UnexpectedEofImplicitFlowMapping | E::ExpectedNodeContent => Kind::NoItem,
        E::UnexpectedCharacter { .. } => Kind::Reserved,
        E::BlockEntryInFlowCollection | E::BlockSequenceEntryNotAllowed => Kind::Dash,
        E::DirectiveDisallowed | E::MissingDocumentEndBeforeDirective => Kind::Directive,
        E::UndeclaredTagHandle
        | E::ExpectedTagBang
        | E::InvalidGlobalTagCharacter
        | E::InvalidTagTerminator
        | E::MissingTagUri
        | E::UnclosedVerbatimTag
        | E::InvalidTagEscape
        | E::InvalidTagUtf8LeadingByte
        | E::InvalidTagUtf8TrailingByte
        | E::InvalidTagUtf8 => Kind::Tag,
        E::MissingAnchorOrAliasName => Kind::NoName,
        E::RecursionLimitExceeded => Kind::Depth,
        E::ExpectedDocumentStart => Kind::Outside,
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => Kind::BlockHeader,
        E::CommentInterceptedScalar => Kind::Comment,
        other => Kind::Other(other.to_string()),
    }
}

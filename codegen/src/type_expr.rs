//! Reads type expressions: `list<User> | null`, `map<time, int32>`, `Page<Item>`.

mod limits;
mod slips;

use crate::ast::{Limits, Text, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::foreign;
use crate::format::flow_text;
use crate::source::Span;
use crate::type_slips;

/// Types inside types deeper than this are refused.
const MAX_DEPTH: usize = 16;

/// Reads all of `text`, which stands at `span`, as a type.
pub(crate) fn parse(text: &str, span: Span, diagnostics: &mut Diagnostics) -> TypeExpr {
    let before = diagnostics.mark();
    let expr = read(text, span, diagnostics);
    if diagnostics.errors_since(before)
        && foreign::is_closed(text)
        && let Some(meant) = foreign::ty(text).filter(|meant| foreign::is_type(meant))
    {
        let mut attempt = Diagnostics::default();
        read(&meant, span, &mut attempt);
        if !attempt.has_errors() {
            diagnostics.offer_since(before, part(span, text, 0, text.len()), &flow_text(&meant));
        }
    }
    expr
}

fn read(text: &str, span: Span, diagnostics: &mut Diagnostics) -> TypeExpr {
    let whole = part(span, text, 0, text.len());
    if let Some(slip) = type_slips::before_type(text, whole) {
        diagnostics.push(slip);
        return TypeExpr::poisoned(span);
    }
    let (expr, rest) = parse_prefix(text, whole, diagnostics);
    let rest_trimmed = rest.trim_start();
    if !rest_trimmed.is_empty() && !matches!(expr.kind, TypeKind::Poisoned) {
        let start = text.len() - rest_trimmed.len();
        let diagnostic = Diagnostic::error(
            &codes::TYPE_SYNTAX,
            part(span, text, start, text.len()),
            format!("`{}` does not belong to the type", crate::parse::shown(rest_trimmed)),
        )
        .label("the type ends before this");
        diagnostics.push(match type_slips::behind_type(text[..start].trim(), rest_trimmed) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
        // That the first word of a sentence is no type would be the same mistake again.
        return TypeExpr::poisoned(span);
    }
    expr
}

/// Reads a type at the beginning of `text` and gives what stands after it.
pub(crate) fn parse_prefix<'t>(
    text: &'t str,
    span: Span,
    diagnostics: &mut Diagnostics,
) -> (TypeExpr, &'t str) {
    let mut parser = Parser { text, at: 0, span };
    match parser.union(0) {
        Ok(expr) => (expr, &text[parser.at..]),
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            (TypeExpr::poisoned(span), "")
        }
    }
}

/// The span of a part of `text`. The characters of a quoted or folded scalar do not stand one to one in
/// the file, so that only a scalar as long as its text can be cut.
pub(crate) fn part(span: Span, text: &str, start: usize, end: usize) -> Span {
    let length = (span.end - span.start) as usize;
    let opening = match length.checked_sub(text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return span,
    };
    span.slice(opening + start, opening + end)
}

/// `type/subtype`, of the letters that RFC 9110 allows.
fn is_media_type(text: &str) -> bool {
    let token = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+*".contains(&b))
    };
    text.split_once('/').is_some_and(|(kind, sub)| token(kind) && token(sub))
}

/// A type as it is usually written.
pub(crate) fn shown(ty: &TypeExpr) -> String {
    let limits = ty.limits.as_ref().map_or_else(String::new, |limits| {
        let bound = |bound: &Option<String>| bound.clone().unwrap_or_default();
        match (&limits.min, &limits.max) {
            (Some(min), Some(max)) if min == max => format!("({min})"),
            _ => format!("({}..{})", bound(&limits.min), bound(&limits.max)),
        }
    });
    match &ty.kind {
        TypeKind::Name { name, arguments } if arguments.is_empty() => format!("{name}{limits}"),
        TypeKind::Name { name, arguments } => {
            let inner: Vec<String> = arguments.iter().map(shown).collect();
            format!("{name}<{}>{limits}", inner.join(", "))
        }
        TypeKind::Nullable(inner) => format!("{} | null", shown(inner)),
        TypeKind::Raw { text, media } => {
            let name = if *text { "text" } else { "binary" };
            media.as_ref().map_or_else(|| name.to_owned(), |it| format!("{name}({})", it.value))
        }
        TypeKind::File { media } => format!("file({})", media.value),
        TypeKind::Poisoned => "json".to_owned(),
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    span: Span,
}

type Parsed<T> = Result<T, Box<Diagnostic>>;

impl Parser<'_> {
    /// `alternative ('|' alternative)*`, of which one may be `null`.
    fn union(&mut self, depth: usize) -> Parsed<TypeExpr> {
        self.skip_space();
        let start = self.at;
        let mut alternatives = Vec::new();
        let mut nulls = 0;
        loop {
            let expr = self.named(depth)?;
            match &expr.kind {
                TypeKind::Name { name, arguments } if name == "null" && arguments.is_empty() => {
                    nulls += 1;
                }
                _ => alternatives.push(expr),
            }
            self.skip_space();
            if !self.eat('|') {
                break;
            }
        }
        let span = self.part(start, self.at);
        let nullable = nulls > 0;
        match (alternatives.len(), alternatives.pop()) {
            (1, Some(inner)) if nulls > 1 => {
                let mended = format!("{} | null", shown(&inner));
                Err(Box::new(
                    Diagnostic::error(&codes::TYPE_SYNTAX, span, "`null` is said twice")
                        .help(format!("once is enough: `{}`", crate::parse::shown(&mended)))
                        .patch(span, mended),
                ))
            }
            (1, Some(inner)) if nullable => {
                Ok(TypeExpr { kind: TypeKind::Nullable(Box::new(inner)), limits: None, span })
            }
            (1, Some(inner)) => Ok(inner),
            (0, _) => Err(Box::new(
                Diagnostic::error(&codes::TYPE_SYNTAX, span, "`null` alone is no type")
                    .help("say what else it can be: `string | null`"),
            )),
            (_, last) => Err(Box::new(slips::several(span, alternatives, last, nullable))),
        }
    }

    /// `Name`, `name.Name`, `Name<A, B>`.
    fn named(&mut self, depth: usize) -> Parsed<TypeExpr> {
        if depth > MAX_DEPTH {
            return Err(self.error(self.at, "types are nested too deeply", "at most 16 deep"));
        }
        self.skip_space();
        let start = self.at;
        let name = self.word();
        if name.is_empty() {
            self.no_list(start)?;
            self.no_literal(start)?;
            self.no_object(start)?;
            if let Some((end, inner)) = type_slips::in_typographic_quotes(&self.text[start..]) {
                let span = self.part(start, start + end);
                return Err(Box::new(
                    Diagnostic::error(&codes::TYPE_SYNTAX, span, "a type stands in quotes")
                        .help(format!("write `{}`", crate::parse::shown(inner)))
                        .patch(span, inner),
                ));
            }
            if let Some(help) = type_slips::behind_type("", &self.text[start..])
                .filter(|_| self.text[start..].starts_with('?'))
            {
                let mut error = self.error(start, "a type does not begin with `?`", "no type");
                error.help = Some(help);
                return Err(error);
            }
            let mut error = self.error(start, "a type is missing", "expected the name of a type");
            error.help =
                Some("say what it is, as in `string`, `list<string>`, `string | null`".to_owned());
            return Err(error);
        }
        if self.text[self.at..].starts_with('(') && type_slips::is_call(&name) {
            let place = self.part(start, self.text.trim_end().len());
            return Err(Box::new(type_slips::call(&name, place)));
        }
        let media = self.text[self.at..].strip_prefix('/');
        if media.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric())) {
            return Err(Box::new(type_slips::media_type(self.text, start, self.at, self.span)));
        }
        if matches!(name.as_str(), "text" | "binary") {
            let text = name == "text";
            let media = if self.eat('(') { Some(self.media_type()?) } else { None };
            let span = self.part(start, self.at);
            return Ok(TypeExpr { kind: TypeKind::Raw { text, media }, limits: None, span });
        }
        if name == "file" && self.text[self.at..].starts_with('<') {
            return Err(Box::new(type_slips::file_of(self.text, start, self.at + 1, self.span)));
        }
        if name == "file" && self.eat('(') {
            let media = self.media_type()?;
            self.no_brackets(start)?;
            let span = self.part(start, self.at);
            return Ok(TypeExpr { kind: TypeKind::File { media }, limits: None, span });
        }
        let mut arguments = Vec::new();
        if self.eat('<') {
            loop {
                arguments.push(self.union(depth + 1)?);
                self.skip_space();
                if self.eat('>') {
                    break;
                }
                if self.text[self.at..].starts_with('?')
                    && let Some(inner) = arguments.last()
                {
                    return Err(Box::new(type_slips::absent_inside(
                        inner,
                        self.part(self.at, self.at + 1),
                    )));
                }
                if !self.eat(',') {
                    let mut error = self.error(self.at, "`<` is not closed", "expected `,` or `>`");
                    if self.at == self.text.len() {
                        error.help = Some(
                            "close it with `>`; inside { } a type with a comma is put in quotes"
                                .to_owned(),
                        );
                    }
                    return Err(error);
                }
            }
        }
        // `int<1, 5>`
        let is_number = |ty: &TypeExpr| match &ty.kind {
            TypeKind::Name { name, .. } => name.starts_with(|c: char| c.is_ascii_digit()),
            _ => false,
        };
        if arguments.iter().any(is_number) {
            let place = self.part(start, self.at);
            let found = Diagnostic::error(&codes::TYPE_SYNTAX, place, "a number is no type");
            return Err(Box::new(found.label("limits stand in parentheses: `int32(1..5)`")));
        }
        let limits = match self.eat('(') {
            true => Some(self.limits().map_err(|mut error| match name.as_str() {
                _ if self.text[start..self.at].contains('/') => {
                    Box::new(type_slips::media_type_of(&name, self.part(start, self.at)))
                }
                "xml" => Box::new(type_slips::xml(self.part(start, self.at))),
                ty => {
                    let whole = &self.text[start..self.at];
                    let inside = whole[name.len()..].trim_matches(['(', ')', ' ']);
                    let format = type_slips::format_inside(ty).map(str::to_owned);
                    error.help = error.help.or(format);
                    match type_slips::limits(ty, inside) {
                        // `func()`
                        None if inside.is_empty() && !crate::vocabulary::is_reserved(ty) => {
                            Box::new(type_slips::call(ty, self.part(start, self.at)))
                        }
                        Some((help, mended)) => {
                            Box::new(error.help(help).patch(self.part(start, self.at), mended))
                        }
                        None => error,
                    }
                }
            })?),
            false => None,
        };
        self.no_brackets(start)?;
        let span = self.part(start, self.at);
        Ok(TypeExpr { kind: TypeKind::Name { name, arguments }, limits, span })
    }

    /// `1..100)`, `..35)`, `24)`, after the opening parenthesis.
    fn limits(&mut self) -> Parsed<Limits> {
        let start = self.at;
        let Some(length) = self.text[start..].find(')') else {
            let mut error = self.error(start, "`(` is not closed", "expected limits, then `)`");
            error.help = Some(
                "close it with `)`; inside { } a type with a comma is put in quotes".to_owned(),
            );
            return Err(error);
        };
        let inside = &self.text[start..start + length];
        self.at = start + length + 1;
        limits::read(inside).map_err(|slip| {
            let place = match slip.whole {
                // With its parentheses.
                true => self.part(start - 1, self.at),
                false => self.part(start, start + length),
            };
            let mut found = Diagnostic::error(&codes::TYPE_SYNTAX, place, slip.message);
            found.help = slip.help;
            Box::new(match slip.mended {
                Some(mended) => found.patch(place, mended),
                None => found.label("expected limits such as `1..100` or `..35`"),
            })
        })
    }

    /// `application/zip)`, after the opening parenthesis.
    fn media_type(&mut self) -> Parsed<Text> {
        let start = self.at;
        let Some(length) = self.text[start..].find(')') else {
            return Err(self.error(start, "`(` is not closed", "expected a media type, then `)`"));
        };
        let text = &self.text[start..start + length];
        self.at = start + length + 1;
        let span = self.part(start, start + length);
        if is_media_type(text) {
            return Ok(Text { value: text.to_owned(), span });
        }
        let error = Diagnostic::error(
            &codes::TYPE_SYNTAX,
            span,
            format!("`{}` is not a media type", crate::parse::shown(text)),
        );
        let bare = text.trim().trim_matches(['\'', '"']);
        Err(Box::new(match is_media_type(bare) {
            true => error.help("it stands there without quotes and blanks").patch(span, bare),
            false => {
                let error = error.label("expected one such as `application/zip`");
                let word = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_alphanumeric());
                if word {
                    match crate::parse::media_of_ending(&bare.to_ascii_lowercase()) {
                        Some(media) => {
                            error.help(format!("did you mean `{media}`?")).patch(span, media)
                        }
                        None => error.help(format!(
                            "it has two parts, with a slash between them: `application/{bare}`"
                        )),
                    }
                } else if bare
                    .to_ascii_lowercase()
                    .trim_start_matches("charset=")
                    .starts_with("utf")
                {
                    error.help(
                        "a text is sent in UTF-8, and read in what the service says: `text` alone",
                    )
                } else {
                    error
                }
            }
        }))
    }

    fn word(&mut self) -> String {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
            .unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.text[self.at..].starts_with(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn part(&self, start: usize, end: usize) -> Span {
        part(self.span, self.text, start, end)
    }

    fn error(&self, at: usize, message: &str, label: &str) -> Box<Diagnostic> {
        let end = self.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        Box::new(Diagnostic::error(&codes::TYPE_SYNTAX, self.part(at, end), message).label(label))
    }
}

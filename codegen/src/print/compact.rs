//! Types as a person writes them, out of tokens that print with a space between any two.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The text of a type or path.
pub(super) fn compact(tokens: &TokenStream) -> String {
    let mut out = String::new();
    append(tokens, &mut out);
    out
}

fn append(tokens: &TokenStream, out: &mut String) {
    let mut word_before = false;
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if word_before {
                    out.push(' ');
                }
                out.push_str(&token.to_string());
                word_before = true;
            }
            TokenTree::Punct(punct) => {
                let lone = punct.spacing() == Spacing::Alone;
                match punct.as_char() {
                    ',' => out.push_str(", "),
                    '=' | '+' if lone => {
                        out.push(' ');
                        out.push(punct.as_char());
                        out.push(' ');
                    }
                    other => out.push(other),
                }
                word_before = false;
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                append(&group.stream(), out);
                out.push_str(close);
                word_before = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::compact;
    use quote::quote;

    #[test]
    fn types_read_as_written() {
        let cases = [
            (quote!(Vec<String>), "Vec<String>"),
            (quote!(runtime::Map<Vec<i32>>), "runtime::Map<Vec<i32>>"),
            (quote!(::std::option::Option<Box<Node>>), "::std::option::Option<Box<Node>>"),
            (quote!((A, B)), "(A, B)"),
            (quote!(r#type), "r#type"),
        ];
        for (tokens, text) in cases {
            assert_eq!(compact(&tokens), text);
        }
    }
}

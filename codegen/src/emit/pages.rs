//! Lists that come in pages.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::answers;
use super::cx::{Cx, ident};
use crate::ir::{Method, Outcome, PageStyle, Paging, Step};

/// `impl Paged`, where the method's answer is one page of several.
pub(super) fn emit(cx: &Cx<'_>, method: &Method) -> Option<TokenStream> {
    let paging = method.paging.as_ref()?;
    let name = ident(&method.request);
    let item = cx.ty(&paging.item);
    let rule = rule(cx, paging);
    let output = answers::output(cx, &method.outcome);
    let vec = cx.std("Vec", quote!(::std::vec::Vec));
    let items = cx.option(&quote!(&mut #vec<#item>));
    let path = path(cx, &paging.steps, matches!(method.outcome, Outcome::Optional { .. }));
    Some(quote! {
        impl runtime::Paged for #name {
            type Item = #item;
            const PAGING: runtime::Paging = #rule;

            fn items(page: &mut #output) -> #items {
                #path
            }
        }
    })
}

fn rule(cx: &Cx<'_>, paging: &Paging) -> TokenStream {
    let style = match &paging.style {
        PageStyle::Offset(name) => quote!(offset(#name)),
        PageStyle::Page(name, first) => {
            let first = Literal::u64_unsuffixed(*first);
            quote!(page(#name, #first))
        }
        PageStyle::Cursor(name, next) => quote!(cursor(#name, &[#(#next),*])),
        PageStyle::InLast { parameter, list, member } => {
            quote!(in_last(#parameter, &[#(#list),*], &[#(#member),*]))
        }
        PageStyle::LinkHeader => quote!(link_header()),
        PageStyle::NextUrl(next) => quote!(next_url(&[#(#next),*])),
    };
    let some = cx.std("Some", quote!(::std::option::Option::Some));
    let none = cx.std("None", quote!(::std::option::Option::None));
    let or_none = |value: Option<TokenStream>| match value {
        Some(value) => quote!(#some(#value)),
        None => none.clone(),
    };
    let short = paging.short.then(|| {
        let limit = or_none(paging.limit.as_ref().map(|limit| quote!(#limit)));
        let size = paging.size.map(Literal::u64_unsuffixed);
        let size = or_none(size.map(|size| quote!(#size)));
        quote!(.short(#limit, #size))
    });
    let more = paging.more.as_ref().map(|more| quote!(.more(&[#(#more),*])));
    quote!(runtime::Paging::#style #short #more)
}

/// The expression that leads from a page to its items.
fn path(cx: &Cx<'_>, steps: &[Step], optional: bool) -> TokenStream {
    let some = cx.std("Some", quote!(::std::option::Option::Some));
    let Some((last, before)) = steps.split_last() else {
        return if optional { quote!(page.as_mut()) } else { quote!(#some(page)) };
    };
    let start = if optional { quote!(page.as_mut()?) } else { quote!(page) };
    let place = before.iter().fold(start, |place, step| {
        let name = ident(&step.ident);
        if step.optional { quote!(#place.#name.as_mut()?) } else { quote!(#place.#name) }
    });
    let name = ident(&last.ident);
    if last.optional { quote!(#place.#name.as_mut()) } else { quote!(#some(&mut #place.#name)) }
}

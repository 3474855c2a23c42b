//! Transactions: the guard of a group, and how one comes about.

use proc_macro2::TokenStream;
use quote::quote;

use super::cx::{Cx, ident};
use super::docs::{self, Lines, code};
use super::{answers, lints, requests};
use crate::ir::{
    Group, Held, Inside, Method, ModelKind, NewtypeOf, Outcome, Parameter, Scalar, Transaction,
    Type,
};

/// The guard, with the methods of the group that it fills its ids into.
pub(super) fn emit(cx: &Cx<'_>, group: &Group) -> Option<TokenStream> {
    let transaction = group.transaction.as_ref()?;
    let guard = Guard { cx, group, transaction, commit: &group.methods[transaction.commit] };
    let (definition, methods, begins) = (guard.definition(), guard.methods(), guard.begins());
    Some(quote!(#definition #methods #begins))
}

/// The function of the group that goes on with a transaction.
pub(super) fn resume(cx: &Cx<'_>, group: &Group) -> Option<TokenStream> {
    let transaction = group.transaction.as_ref()?;
    let commit = &group.methods[transaction.commit];
    let (name, request) = (ident(&transaction.type_name), ident(&commit.request));
    let (arguments, names) = requests::arguments(cx, commit);
    let deprecated = docs::deprecated(&group.docs);
    let many = lints::arguments(arguments.len() + 1);
    Some(quote! {
        /// Goes on with a transaction that was begun before, perhaps by another process. Nothing is sent.
        #deprecated
        #many
        pub fn resume(self, #(#arguments),*) -> #name<M> {
            #name::new(self.client, #request::new(#(#names),*))
        }
    })
}

struct Guard<'g> {
    cx: &'g Cx<'g>,
    group: &'g Group,
    transaction: &'g Transaction,
    commit: &'g Method,
}

impl Guard<'_> {
    fn definition(&self) -> TokenStream {
        let (name, request) = (ident(&self.transaction.type_name), ident(&self.commit.request));
        let mut docs = Lines::new(0);
        let group = code(&self.group.name);
        docs.markdown(&format!(
            "A transaction of {group}: what is in it counts as taken once it is committed."
        ));
        let open = self.method_link(&self.group.methods[self.transaction.open]);
        let resume = format!("[`resume`]({}::resume)", self.group.type_name);
        docs.markdown(&format!(
            "A call of {open} that is ended with `begin` gives one, and {resume} goes on with it, after a crash \
             too. One that is dropped with neither [`commit`](Self::commit) nor [`abandon`](Self::abandon) is told \
             to the metrics and the log."
        ));
        let docs = docs.into_tokens();
        quote! {
            #docs
            #[derive(Debug)]
            #[must_use = "a transaction has to be committed, or abandoned on purpose"]
            pub struct #name<M: Mode = Async> {
                client: Client<M>,
                open: runtime::OpenTransaction<M>,
                commit: #request,
            }
        }
    }

    /// A link to a method of the group.
    fn method_link(&self, method: &Method) -> String {
        let name = method.ident.trim_start_matches("r#");
        format!("[`{name}`]({}::{name})", self.group.type_name)
    }

    fn methods(&self) -> TokenStream {
        let (name, request) = (ident(&self.transaction.type_name), ident(&self.commit.request));
        let id = self.id();
        let inside = self.transaction.inside.iter();
        let inside = inside.map(|inside| self.method(inside));
        let doc = self.doc(self.commit);
        // A group that is called so is what `client.clone()` would give.
        let clone = self.cx.std("Clone", quote!(::std::clone::Clone));
        let client = match self.cx.api.groups.iter().any(|group| group.ident == "clone") {
            true => quote!(#clone::clone(client)),
            false => quote!(client.clone()),
        };
        quote! {
            impl<M: Mode> #name<M> {
                fn new(client: &Client<M>, commit: #request) -> Self {
                    let open = super::client::open_transaction(client, &#request::METHOD);
                    Self { client: #client, open, commit }
                }

                #id

                #(#inside)*

                #doc
                ///
                /// A commit that fails gives the transaction back. One whose answer was lost may have been done: sent
                /// again, the service may answer that there is no such transaction.
                pub fn commit(self) -> runtime::Committing<Self, #request, M> {
                    let call = self.client.call(self.commit.clone());
                    super::client::committing(self, call)
                }

                /// Ends the transaction without a commit, on purpose. Nothing is sent.
                pub fn abandon(self) {
                    self.open.end();
                }
            }

            impl<M: Mode> runtime::Transaction for #name<M> {
                fn end(self) {
                    self.abandon();
                }
            }
        }
    }

    fn id(&self) -> TokenStream {
        let id = &self.transaction.id;
        let value = self.held(id);
        let ty = match self.parameter(id).map(|parameter| &parameter.ty) {
            Some(ty) if self.is_copied(ty) => self.cx.ty(ty),
            Some(Type::Scalar(Scalar::String)) | None => quote!(&str),
            Some(ty) => {
                let ty = self.cx.ty(ty);
                quote!(&#ty)
            }
        };
        quote! {
            /// The id of the transaction.
            #[must_use]
            pub fn id(&self) -> #ty {
                #value
            }
        }
    }

    /// What is said about a method of the group.
    fn doc(&self, method: &Method) -> TokenStream {
        let mut lines = Lines::new(4);
        match &method.docs.text {
            Some(text) => lines.text(text),
            None => lines.markdown(&format!("Calls {}.", code(&method.route))),
        }
        lines.markdown(&format!("See {}.", self.method_link(method)));
        lines.into_tokens()
    }

    /// A method of the group, whose ids are those of the transaction.
    fn method(&self, inside: &Inside) -> TokenStream {
        let method = &self.group.methods[inside.method];
        let docs = self.doc(method);
        let own = method.docs.deprecated != self.group.docs.deprecated;
        let deprecated = own.then(|| docs::deprecated(&method.docs));
        let convention = lints::method(&method.ident);
        let (name, request) = (ident(&method.ident), ident(&method.request));
        let (mut arguments, mut values) = requests::arguments(self.cx, method);
        let mut filled = Vec::new();
        for (index, field) in inside.filled.iter().enumerate() {
            if let Some(field) = field {
                values[index] = self.held(field);
                filled.push(index);
            }
        }
        for &index in filled.iter().rev() {
            arguments.remove(index);
        }
        let many = lints::arguments(arguments.len() + 1);
        quote! {
            #docs
            #deprecated
            #convention
            #many
            pub fn #name(&self, #(#arguments),*) -> Call<#request, M> {
                self.client.call(#request::new(#(#values),*))
            }
        }
    }

    /// What the transaction holds in a field of its commit.
    fn held(&self, field: &str) -> TokenStream {
        let copied = self.parameter(field).is_some_and(|held| self.is_copied(&held.ty));
        let field = ident(field);
        if copied { quote!(self.commit.#field) } else { quote!(&self.commit.#field) }
    }

    /// The parameter of the commit behind a field.
    fn parameter(&self, field: &str) -> Option<&Parameter> {
        self.commit.parameters.iter().find(|parameter| parameter.ident == field)
    }

    /// Numbers, and ids that are numbers.
    fn is_copied(&self, ty: &Type) -> bool {
        match ty {
            Type::Scalar(scalar) => {
                matches!(scalar, Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64)
            }
            Type::Model(id) => match &self.cx.api.model(*id).kind {
                ModelKind::Alias(of) => self.is_copied(of),
                ModelKind::Newtype(newtype) => newtype.of != NewtypeOf::Text,
                _ => false,
            },
            _ => false,
        }
    }

    /// What the answer to the first method becomes.
    fn begins(&self) -> TokenStream {
        let open = &self.group.methods[self.transaction.open];
        let (name, request) = (ident(&self.transaction.type_name), ident(&open.request));
        let output = answers::output(self.cx, &open.outcome);
        let commit = ident(&self.commit.request);
        let at = self.transaction.at.iter().map(|field| ident(field));
        let id = quote!(answer #(.#at)*);
        let held = &self.transaction.held;
        let required = self.commit.parameters.iter().filter(|parameter| !parameter.optional);
        let values =
            held.iter().zip(required).enumerate().map(
                |(index, (source, parameter))| match source {
                    Held::Id => id.clone(),
                    Held::Opening(field) => {
                        let field = ident(field);
                        let again =
                            held[index + 1..].contains(source) && !self.is_copied(&parameter.ty);
                        let clone = again.then(|| quote!(.clone()));
                        quote!(self.#field #clone)
                    }
                },
            );
        let guard = quote!(#name::new(&client, #commit::new(#(#values),*)));
        let ty = quote!(#name<M>);
        let (begun, body) = match &open.outcome {
            Outcome::Optional { .. } => (self.cx.option(&ty), quote!(answer.map(|answer| #guard))),
            _ => (ty, guard),
        };
        quote! {
            impl runtime::Begins for #request {
                type Client<M: Mode> = Client<M>;
                type Begun<M: Mode> = #begun;

                fn begun<M: Mode>(self, answer: #output, client: Client<M>) -> Self::Begun<M> {
                    #body
                }
            }
        }
    }
}

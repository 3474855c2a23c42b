//! A way to call each method of the generated clients by its name.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Type};

use crate::read::{Function, Provider, Request, Shape, text};

/// A module for each client, and the list of them.
pub(crate) fn tokens(providers: &[Provider]) -> TokenStream {
    let modules = providers.iter().map(module);
    let names: Vec<&String> = providers.iter().map(|provider| &provider.module).collect();
    let paths = names.iter().map(|name| ident(name));
    quote! {
        #(#modules)*
        crate::client::providers! { #(#names => #paths,)* }
    }
}

fn module(provider: &Provider) -> TokenStream {
    let module = ident(&provider.module);
    let requests = provider.requests.iter().map(request);
    let shown = provider.requests.iter().map(shown);
    let settings = provider.settings.iter().filter_map(|setting| arm(setting, &provider.module));
    let names = provider.settings.iter().map(|setting| &setting.name);
    let tokens = provider.with_token.iter().map(|name| {
        let function = ident(name);
        quote!(#name => Ok(client.#function(token.clone())),)
    });
    let with_token = if provider.with_token.is_empty() {
        quote! {
            let _ = (client, token);
            Err(format!("the client has no method `{name}`"))
        }
    } else {
        quote! {
            match name {
                #(#tokens)*
                _ => Err(format!("the client has no method `{name}`")),
            }
        }
    };
    let awaited = calls(provider, &ident("awaited"));
    let sent = calls(provider, &ident("sent"));
    quote! {
        pub(crate) mod #module {
            #[allow(unused_imports, reason = "some have no parameters")]
            use crate::args::{self, Args, Part};
            use crate::outcome::{self, Shown};
            use crate::#module::*;
            use clientwright_runtime::{Async, Blocking, BuildError, Mode, Request, Token, Value};

            #(#requests)*
            #(#shown)*

            /// Whose call it is.
            fn kind<R, M: Mode>(_: &Call<R, M>) -> std::marker::PhantomData<R> {
                std::marker::PhantomData
            }

            /// Calls a method of the builder.
            pub(crate) fn set(builder: Builder, name: &str, part: &Part) -> Result<Builder, String> {
                Ok(match name {
                    #(#settings,)*
                    _ => return Err(part.unknown(name, &[#(#names),*])),
                })
            }

            /// The client with another token.
            pub(crate) fn with_token<M: Mode>(
                client: &Client<M>,
                name: &str,
                token: &Token,
            ) -> Result<Result<Client<M>, BuildError>, String> {
                #with_token
            }

            #awaited
            #sent
        }
    }
}

/// The request of a method, from arguments.
fn request(request: &Request) -> TokenStream {
    let (group, ty) = (ident(&request.group), ident(&request.ident));
    let function = function(request);
    let fields = request.fields.iter().map(|(name, ty)| {
        let field = ident(name);
        let name = name.trim_start_matches("r#");
        let (how, inner) = presence(ty);
        let reader = reader(&inner);
        quote!(#field: args.#how(#name, args::#reader)?)
    });
    let value = if request.fields.is_empty() {
        quote!(#group::#ty::new())
    } else {
        quote!(#group::#ty { #(#fields),* })
    };
    quote! {
        fn #function(args: &mut Args) -> Result<#group::#ty, String> {
            let request = #value;
            args.finish()?;
            Ok(request)
        }
    }
}

/// Whether a field has to be there, and the type of what is there.
fn presence(ty: &Type) -> (Ident, String) {
    let ty = text(ty);
    let inside = |name: &str| {
        ty.strip_prefix(name).and_then(|rest| rest.strip_suffix('>')).map(str::to_owned)
    };
    if let Some(inner) = inside("Option<") {
        (ident("optional"), inner)
    } else if let Some(inner) = inside("runtime::Patch<") {
        (ident("patch"), inner)
    } else {
        (ident("required"), ty)
    }
}

fn reader(ty: &str) -> Ident {
    ident(match ty {
        "runtime::Bytes" => "bytes",
        "runtime::Upload" => "upload",
        "runtime::File" => "file",
        "Vec<runtime::File>" => "files",
        _ => "value",
    })
}

/// How the outcome of a method is shown.
fn shown(request: &Request) -> TokenStream {
    let (group, ty) = (ident(&request.group), ident(&request.ident));
    let output = show(&request.output, &group);
    let error = show(&request.error, &group);
    let item = request.item.as_ref().map(|item| {
        let item = show(item, &group);
        quote! {
            impl outcome::ShownItem for #group::#ty {
                fn item(shown: &<Self as clientwright_runtime::Paged>::Item) -> Value {
                    #item
                }
            }
        }
    });
    quote! {
        impl Shown for #group::#ty {
            fn output(shown: &<Self as Request>::Output) -> Value {
                #output
            }

            fn error(shown: &<Self as Request>::Error) -> Value {
                #error
            }
        }
        #item
    }
}

fn show(shape: &Shape, group: &Ident) -> TokenStream {
    match shape {
        Shape::Serde => quote!(outcome::value(shown)),
        Shape::Bytes => quote!(outcome::bytes(shown)),
        Shape::Events => quote!(shown.iter().map(outcome::event).collect::<Vec<Value>>().into()),
        Shape::OptionalBytes => quote!(shown.as_ref().map_or(Value::Null, outcome::bytes)),
        Shape::Never => quote!(match *shown {}),
        Shape::Enum(name, variants) => {
            let name = ident(name);
            let arms = variants.iter().map(|(variant, holds)| {
                let ident = ident(variant);
                if *holds {
                    quote!(#group::#name::#ident(held) => outcome::variant(#variant, outcome::value(held)))
                } else {
                    quote!(#group::#name::#ident => Value::from(#variant))
                }
            });
            quote!(match shown { #(#arms,)* })
        }
    }
}

/// A method of the builder: with one argument its value, with several a mapping.
fn arm(setting: &Function, module: &str) -> Option<TokenStream> {
    let Function { name, arguments, .. } = setting;
    let function = ident(name);
    let values: Vec<TokenStream> = match arguments.as_slice() {
        [(_, ty)] => vec![read(ty, &quote!(part), module)?],
        several => several
            .iter()
            .map(|(name, ty)| read(ty, &quote!(part.member(#name)?), module))
            .collect::<Option<_>>()?,
    };
    let members = arguments.iter().map(|(name, _)| name);
    let check = (arguments.len() != 1).then(|| quote!(part.only(&[#(#members),*])?;));
    Some(quote!(#name => { #check builder.#function(#(#values),*) }))
}

/// How an argument of a setting is read; `None` for what no case can say.
fn read(ty: &str, part: &TokenStream, module: &str) -> Option<TokenStream> {
    Some(match ty {
        "implInto<runtime::Sensitive<String>>" | "implInto<String>" => quote!(#part.text()?),
        "implInto<runtime::Token>" => quote!(#part.token()?),
        "implruntime::TokenStore" | "implruntime::TokenSource" => quote!(#part.vault()?),
        "Duration" => quote!(#part.duration()?),
        "usize" => quote!(#part.number()?),
        "runtime::Retry" => quote!(#part.retry()?),
        _ => {
            let model = ty.strip_prefix("implInto<super::models::")?.strip_suffix('>')?;
            let (module, model) = (ident(module), ident(model));
            quote!(#part.value::<crate::#module::models::#model>()?)
        }
    })
}

/// The function that makes the call of a step, in one of the two ways.
fn calls(provider: &Provider, how: &Ident) -> TokenStream {
    let arms = provider.requests.iter().map(|request| {
        let (name, function) = (&request.name, function(request));
        let paged = request.item.is_some().then(|| quote!(, paged));
        let streamed = request.stream.as_ref().map(|stream| {
            let bit = ident(stream.bit);
            let all = if stream.optional { quote!(std::convert::identity) } else { quote!(Some) };
            quote!(, streamed #bit #all)
        });
        let call =
            quote!(crate::client::#how!(client.call(#function(args)?), step #paged #streamed));
        let call = apart(how, &call);
        quote!(#name => #call)
    });
    let codes = provider.with_code.iter().map(|name| {
        let function = ident(name);
        let call = quote!(crate::client::#how!(client.#function(args.code()?), step));
        let call = apart(how, &call);
        quote!(#name => #call)
    });
    let names = provider.requests.iter().map(|request| &request.name).chain(&provider.with_code);
    let (asyncness, mode) = if *how == "awaited" {
        (quote!(async), quote!(Async))
    } else {
        (quote!(), quote!(Blocking))
    };
    quote! {
        pub(crate) #asyncness fn #how(
            client: &Client<#mode>,
            step: &crate::case::Step,
            args: &mut Args,
        ) -> Result<crate::outcome::Outcome, String> {
            Ok(match step.call.as_str() {
                #(#arms,)*
                #(#codes,)*
                name => {
                    let known = [#(#names),*].join(", ");
                    return Err(format!("the specification has no method `{name}`, but {known}"));
                }
            })
        }
    }
}

/// A call with a frame of its own: all of them in the one of their match would overflow the stack.
fn apart(how: &Ident, call: &TokenStream) -> TokenStream {
    if *how == "awaited" {
        quote!(Box::pin(async { Ok::<_, String>(#call) }).await?)
    } else {
        quote!(crate::client::apart(|| Ok(#call))?)
    }
}

fn function(request: &Request) -> Ident {
    let name = format!("{}_{}", request.group, request.ident);
    format_ident!("request_{}", name.to_lowercase().replace("r#", ""))
}

fn ident(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| format_ident!("r#{}", name))
}

//! What a specification means where it is no mistake, seen in what is generated. `docs/diagnostics.md` lists the rules.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

use clientwright_codegen::source::Source;
use clientwright_codegen::{Generated, Options, generate};

const SPECIFICATION: &str = "\
clientwright: 1
provider: { name: demo }
servers: { production: https://api.example.com }
auth:
  token: { scheme: bearer, scopes: [read, write] }
  key: { scheme: api-key, header: X-Key }
  either: { any: [key, token], scopes: [app, account] }
defaults:
  auth: token
  errors: { 404: nothing as Missing, 409: nothing as Busy }
  retry: { on: [503] }
  headers: { Api-Version: \"1\" }
groups: { users: { auth: key, scopes: [users], errors: { 409: nothing as Taken }, retry: { on: [502] } } }
models:
  Audited: { fields: { createdAt?: datetime, createdBy?: string } }
  User:
    fields:
      id: string read
      ...: Audited
      name: string
      note?: string | null
      secret: string write
  Sight: { fields: { note?: string | null, children?: list<Sight>, parent?: Sight } }
methods:
  users.get: { http: GET /users/one, returns: { 200: User, 404: User } }
  users.put:
    http: PUT /users/one
    body: User
    auth: none
    errors: { 410: nothing as Gone }
    retry: { on: [504] }
    returns: { 200: User as Found, 201: User as Created }
  seen.get: { http: GET /seen, returns: Sight }
  seen.all: { http: GET /seen/all, auth: either, returns: list<Sight> }
  seen.wait: { http: GET /seen/wait, returns: { 200: Sight, 204: nothing } }
  seen.forget: { http: DELETE /seen, returns: nothing, auth: either, scopes: [forget, app] }
  seen.peek: { http: GET /seen/peek, returns: nothing, scopes: [] }
";

fn generated() -> Generated {
    let source = Source { name: "a.yaml".to_owned(), text: SPECIFICATION.to_owned() };
    generate(vec![source], &Options::default()).unwrap()
}

/// A piece of a file: from one text to the next of another.
fn piece<'f>(generated: &'f Generated, file: &str, from: &str, to: &str) -> &'f str {
    let text = &generated.files[file];
    let start = text.find(from).unwrap();
    let end = text[start..].find(to).unwrap();
    &text[start..start + end]
}

fn in_order(text: &str, words: &[&str]) -> bool {
    let places: Vec<usize> = words.iter().filter_map(|word| text.find(word)).collect();
    places.len() == words.len() && places.is_sorted()
}

#[test]
fn spread_members_stand_at_their_place_and_their_model_is_no_type() {
    let generated = generated();
    let user = piece(&generated, "models.rs", "pub struct User", "\n}\n");
    let members = ["id:", "created_at:", "created_by:", "name:", "note:", "secret:"];
    assert!(in_order(user, &members), "{user}");
    assert!(!generated.files["models.rs"].contains("Audited"));
}

#[test]
fn three_states_are_only_where_requests_reach() {
    let generated = generated();
    let user = piece(&generated, "models.rs", "pub struct User", "\n}\n");
    assert!(user.contains("note: runtime::Patch<String>"), "{user}");
    let seen = piece(&generated, "models.rs", "pub struct Sight", "\n}\n");
    assert!(seen.contains("note: Option<String>"), "{seen}");
}

#[test]
fn what_is_read_is_not_sent_and_what_is_written_may_be_missing() {
    let generated = generated();
    let rows = piece(&generated, "models.rs", "runtime::object! {\n    User", "\n}\n");
    assert!(rows.contains("id: ReadOnly = \"id\""), "{rows}");
    let new = piece(&generated, "models.rs", "impl User", "-> Self");
    assert!(new.contains("name: impl Into<String>, secret: impl Into<String>"), "{new}");
    assert!(piece(&generated, "models.rs", "pub struct User", "\n}\n").contains("secret: Option"));
}

#[test]
fn recursion_is_boxed_but_in_lists() {
    let generated = generated();
    let seen = piece(&generated, "models.rs", "pub struct Sight", "\n}\n");
    assert!(seen.contains("children: Option<Vec<Sight>>"), "{seen}");
    assert!(seen.contains("parent: Option<Box<Sight>>"), "{seen}");
}

#[test]
fn answers_are_what_is_stated() {
    let generated = generated();
    let get = piece(&generated, "seen.rs", "impl Request for Get", "\n}\n");
    assert!(get.contains("type Output = Sight;") && !get.contains(".success("), "{get}");
    let wait = piece(&generated, "seen.rs", "impl Request for Wait", "\n}\n");
    assert!(
        wait.contains("type Output = Option<Sight>;") && wait.contains("&[200, 204]"),
        "{wait}"
    );
    let forget = piece(&generated, "seen.rs", "impl Request for Forget", "\n}\n");
    assert!(forget.contains("type Output = ();") && forget.contains("Ok(())"), "{forget}");
    let put = piece(&generated, "users.rs", "pub enum PutAnswer", "\n}\n");
    assert!(put.contains("Found(User)") && put.contains("Created(User)"), "{put}");
}

/// A success at 404 is one whatever is inherited.
#[test]
fn what_is_listed_is_a_success_even_at_404() {
    let generated = generated();
    let get = piece(&generated, "users.rs", "impl Request for Get", "\n}\n");
    assert!(get.contains(".success(&[200, 404])"), "{get}");
    assert!(!get.contains("Missing"), "{get}");
}

#[test]
fn errors_headers_and_retries_merge_and_auth_replaces() {
    let generated = generated();
    let get = piece(&generated, "users.rs", "impl Request for Get", "\n}\n");
    assert!(get.contains("auth(KEY)") && get.contains("retry_on(&[502])"), "{get}");
    let put = piece(&generated, "users.rs", "impl Request for Put", "\n}\n");
    assert!(!put.contains("auth(") && put.contains("retry_on(&[504])"), "{put}");
    let errors = piece(&generated, "users.rs", "pub enum PutError", "\n}\n");
    assert!(
        in_order(errors, &["Missing", "Taken", "Gone"]) && !errors.contains("Busy"),
        "{errors}"
    );
    let seen = piece(&generated, "seen.rs", "impl Request for Get", "\n}\n");
    assert!(seen.contains("auth(TOKEN)") && seen.contains("Busy"), "{seen}");
    assert!(generated.files["client.rs"].contains("Api-Version"));
}

/// A token is for all of its scopes; of several credentials one is enough, and each is for one.
#[test]
fn scopes_are_asked_for_together_unless_credentials_are_alternatives() {
    let generated = generated();
    let docs = |method: &str, end: &str| piece(&generated, "seen.rs", method, end).to_owned();
    assert!(docs("`GET /seen`", "pub fn get").contains("for `read` and `write`."));
    assert!(docs("`GET /seen/all`", "pub fn all").contains("for `app` or `account`."));
    // What a method says itself it needs, whatever it is sent with.
    assert!(docs("`DELETE /seen`", "pub fn forget").contains("for `forget` and `app`."));
    // Those of a group are about what the group needs.
    let users = |method: &str, end: &str| piece(&generated, "users.rs", method, end).to_owned();
    assert!(users("`GET /users/one`", "pub fn get").contains("for `users`."));
    assert!(!docs("`GET /seen/peek`", "pub fn peek").contains("Needs a credential"));
}

//! Commands of a shell, as documentation shows how to call a method: `curl -X POST https://api.example.com/users -d …`

use super::{VERBS, below};
use crate::ast::Server;

/// The verb and the path of a command.
pub(super) fn route(command: &str, servers: &[Server]) -> Option<String> {
    let words: Vec<&str> =
        command.split_whitespace().map(|word| word.trim_matches(['"', '\''])).collect();
    let behind = |flags: &[&str]| {
        let at = words.iter().position(|word| flags.contains(word))?;
        words.get(at + 1).copied()
    };
    let stated = behind(&["-X", "--request"]);
    let stated = stated.or_else(|| words.iter().find_map(|word| word.strip_prefix("-X")));
    let stated = stated.or_else(|| words.iter().copied().find(|word| VERBS.contains(word)));
    let sends = ["-d", "--data", "--data-raw", "--data-binary", "-F", "--form", "--json"];
    let verb = match stated {
        Some(verb) => verb.to_ascii_uppercase(),
        None if words.iter().any(|word| sends.contains(word)) => "POST".to_owned(),
        None => "GET".to_owned(),
    };
    let address =
        words.iter().copied().find(|word| word.contains("://") || word.starts_with('/'))?;
    let path = below(address, servers).or_else(|| match address.split_once("://") {
        Some((_, rest)) => rest.find('/').map(|at| rest[at..].to_owned()),
        None => Some(address.to_owned()),
    })?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    VERBS.contains(&verb.as_str()).then(|| format!("{verb} {path}"))
}

#[cfg(test)]
mod tests {
    use super::route;

    #[test]
    fn commands_say_verb_and_path() {
        let cases = [
            ("curl https://api.example.com/users", Some("GET /users")),
            ("curl -X DELETE 'https://api.example.com/users/{id}'", Some("DELETE /users/{id}")),
            ("curl https://api.example.com/users?page=1 -d name=Ada", Some("POST /users")),
            ("http PUT https://api.example.com/users name=Ada", Some("PUT /users")),
            ("curl --help", None),
        ];
        for (command, meant) in cases {
            assert_eq!(route(command, &[]).as_deref(), meant, "{command}");
        }
    }
}

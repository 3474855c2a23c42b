//! Polar: the links of a transaction, followed over a connection.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::polar::{self, Client, Error};
use serde_json::json;
use wire_tests::{Reply, Server};

fn client(server: &Server) -> Client {
    polar::builder().user("token").base_url(server.url()).build().unwrap()
}

#[tokio::test]
#[expect(deprecated, reason = "it is the only part of the service that has links")]
async fn the_exercises_of_a_transaction() {
    let server = Server::start([]);
    let path = "/v3/users/12/exercise-transactions/34/exercises/56";
    let links = json!({ "exercises": [
        format!("{}{path}", server.url()),
        "https://www.polaraccesslink.example/v3/users/12/exercise-transactions/34/exercises/120",
    ] });
    server.expect([
        Reply::json(200, links.to_string()),
        Reply::json(200, r#"{"id":1937529874,"sport":"OTHER"}"#),
    ]);
    let client = client(&server);
    let links = client.exercise_transactions().list(12_i64, 34_i64).await.unwrap().unwrap();
    let exercise = client.follow(&links[0]).await.unwrap().unwrap();
    assert_eq!((exercise.id, exercise.sport.as_deref()), (1_937_529_874, Some("OTHER")));
    // Whoever this is must not be given the token.
    let error = Error::from(client.follow(&links[1]).await.unwrap_err());
    assert!(error.to_string().contains("leads to another server"), "{error}");
    assert_eq!(server.count(), 2);
    let followed = &server.requests()[1];
    assert_eq!(followed.target(), path);
    assert_eq!(followed.header("authorization"), Some("Bearer token"));
}

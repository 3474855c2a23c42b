//! Polar: transactions as an app goes through them, over a connection.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]
#![expect(deprecated, reason = "they are the older way to the data")]

use clientwright_providers::polar::exercise_transactions::CommitError;
use clientwright_providers::polar::models::{SampleType, TransactionId, UserId};
use clientwright_providers::polar::{self, Builder, Error};
use clientwright_providers::runtime::Retry;
use serde_json::json;
use wire_tests::{Reply, Server};

const USER: i64 = 12;
const PATH: &str = "/v3/users/12/exercise-transactions";

fn builder(server: &Server) -> Builder {
    polar::builder().user("token").base_url(server.url()).retry(Retry::none())
}

/// A transaction with one exercise, from the answer that opens it to the one that commits it.
fn answers(server: &Server) -> Vec<Reply> {
    let exercise = format!("{}{PATH}/34/exercises/56", server.url());
    let series = json!({ "recording-rate": 5, "sample-type": 1, "data": "0,null,102" });
    vec![
        Reply::json(
            201,
            json!({ "transaction-id": 34, "resource-uri": "https://a.example" }).to_string(),
        ),
        Reply::json(200, json!({ "exercises": [exercise] }).to_string()),
        Reply::json(200, r#"{"id":56,"sport":"OTHER"}"#),
        Reply::json(200, series.to_string()),
        Reply::new(200, &[("Content-Type", "*/*")], b".FIT"),
        // The commit: an answer that is lost, one that it is too late, one that it is done.
        Reply::close(),
        Reply::empty(404),
        Reply::empty(200),
        // The next one: there is nothing.
        Reply::empty(204),
    ]
}

/// Verb and path of what was sent.
fn lines(server: &Server) -> Vec<String> {
    server.requests().iter().map(|request| request.line.replace(" HTTP/1.1", "")).collect()
}

fn expected() -> Vec<String> {
    [
        "POST ",
        "GET /34",
        "GET /34/exercises/56",
        "GET /34/exercises/56/samples/1",
        "GET /34/exercises/56/fit",
        "PUT /34",
        "PUT /34",
        "PUT /34",
        "POST ",
    ]
    .map(|line| line.replacen(' ', &format!(" {PATH}"), 1))
    .into()
}

#[tokio::test]
async fn from_new_data_to_none() {
    let server = Server::start([]);
    server.expect(answers(&server));
    let client = builder(&server).build().unwrap();
    let transactions = || client.exercise_transactions();
    let transaction = transactions().create(USER).begin().await.unwrap().unwrap();
    let links = transaction.list().await.unwrap().unwrap();
    assert_eq!(client.follow(&links[0]).await.unwrap().unwrap().id, 56);
    let speed = transaction.get_samples(56, SampleType::Speed).await.unwrap().unwrap();
    assert_eq!(speed.data.unwrap(), [Some(0.0), None, Some(102.0)]);
    let mut file = Vec::new();
    transaction.fit(56).stream().await.unwrap().unwrap().copy_to(&mut file).await.unwrap();
    assert_eq!(file, b".FIT");

    // The app ends before it knows whether the commit has arrived. What it has stored is enough to go on.
    let stored: (UserId, TransactionId) = (USER.into(), transaction.id());
    let failed = transaction.commit().await.unwrap_err();
    assert_eq!(failed.error().method(), "polar.exercise_transactions.commit");
    drop(client);

    let client = builder(&server).build().unwrap();
    let transaction = client.exercise_transactions().resume(stored.0, stored.1);
    let failed = transaction.commit().await.unwrap_err();
    assert_eq!(failed.error().service(), Some(&CommitError::NotFound));
    failed.into_transaction().commit().await.unwrap();
    assert!(client.exercise_transactions().create(USER).begin().await.unwrap().is_none());
    assert_eq!(lines(&server), expected());
}

#[test]
fn from_new_data_to_none_without_waiting() {
    let server = Server::start([]);
    server.expect(answers(&server));
    let client = builder(&server).build_blocking().unwrap();
    let transactions = || client.exercise_transactions();
    let transaction = transactions().create(USER).begin().unwrap().unwrap();
    let links = transaction.list().send().unwrap().unwrap();
    assert_eq!(client.follow(&links[0]).send().unwrap().unwrap().id, 56);
    let speed = transaction.get_samples(56, SampleType::Speed).send().unwrap().unwrap();
    assert_eq!(speed.data.unwrap(), [Some(0.0), None, Some(102.0)]);
    let mut file = Vec::new();
    transaction.fit(56).stream().unwrap().unwrap().copy_to(&mut file).unwrap();
    assert_eq!(file, b".FIT");

    let id = transaction.id().get();
    transaction.commit().send().unwrap_err().into_transaction().abandon();
    let transaction = transactions().resume(USER, id);
    let error = Error::from(transaction.commit().send().unwrap_err());
    assert_eq!(error.service(), Some(&CommitError::NotFound));
    transactions().resume(USER, id).commit().send().unwrap();
    assert!(transactions().create(USER).begin().unwrap().is_none());
    assert_eq!(lines(&server), expected());
}

/// The other two groups have transactions of their own.
#[tokio::test]
async fn activities_and_physical_info() {
    let opened = || Reply::json(201, r#"{"transaction-id":5}"#);
    let (some, none) = (Reply::json(200, r#"{"id":9}"#), Reply::empty(204));
    let server = Server::start([opened(), some, Reply::empty(200), opened(), none]);
    let client = builder(&server).build().unwrap();
    let days = client.activity_transactions().create(USER).begin().await.unwrap().unwrap();
    assert_eq!(days.get(9).await.unwrap().unwrap().id, 9);
    days.commit().await.unwrap();
    let bodies = client.physical_info_transactions().create(USER).begin().await.unwrap().unwrap();
    assert!(bodies.get(9).await.unwrap().is_none());
    bodies.abandon();
    let activity = "/v3/users/12/activity-transactions";
    let physical = "/v3/users/12/physical-information-transactions";
    assert_eq!(
        lines(&server),
        [
            format!("POST {activity}"),
            format!("GET {activity}/5/activities/9"),
            format!("PUT {activity}/5"),
            format!("POST {physical}"),
            format!("GET {physical}/5/physical-informations/9"),
        ]
    );
}

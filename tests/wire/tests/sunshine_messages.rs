//! Sunshine Conversations: conversations and messages, with filters, pages, rules and unions.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::sunshine::messages::PostError;
use clientwright_providers::sunshine::models::{
    Action, Activity, Author, AuthorSubtype, AuthorType, ChannelOverride, Content, ControlMetadata,
    ConversationFilter, ConversionEvents, Destination, Message, MessageOverride, MetaConversion,
    MetaConversionPayload, Metadata, MetadataValue, NewActivity, NewMessage, NewParticipant,
    ParticipantRef, PostbackAction, Profile, QuotedMessage, TextMessage, UpdateConversation,
    UpdateUser, UserFilter,
};
use clientwright_providers::sunshine::{self, Client};
use serde_json::json;
use wire_tests::{Reply, Server};

const APP: &str = "5d8cff3cd55b040010928b5b";
const CONVERSATION: &str = "/v2/apps/5d8cff3cd55b040010928b5b/conversations/c1";

fn client(server: &Server) -> Client {
    sunshine::builder().bearer("t").base_url(server.url()).build().unwrap()
}

/// The body of the one request that the server has seen.
fn sent(server: &Server) -> String {
    String::from_utf8(server.request().body).unwrap()
}

/// Brackets are encoded, and so is what stands in a member whose name has a dot.
#[tokio::test]
async fn filters() {
    let server = Server::start(vec![Reply::json(200, r#"{"users":[],"conversations":[]}"#); 3]);
    let client = client(&server);
    let by_id = ConversationFilter::new().user_id("u 1&2");
    client.conversations().list(APP, by_id).size(10).await.unwrap();
    let by_external_id = ConversationFilter::new().user_external_id("ada@example.com");
    client
        .conversations()
        .list(APP, by_external_id)
        .after("5e1606762556d93e9c176f69")
        .await
        .unwrap();
    client.users().list(APP, UserFilter::new("ada@example.com")).brand_id("b").await.unwrap();
    let targets: Vec<_> =
        server.requests().iter().map(|request| request.target().to_owned()).collect();
    assert_eq!(
        targets,
        [
            "/v2/apps/5d8cff3cd55b040010928b5b/conversations?page%5Bsize%5D=10&filter%5BuserId%5D=u%201%262",
            "/v2/apps/5d8cff3cd55b040010928b5b/conversations?page%5Bafter%5D=5e1606762556d93e9c176f69&filter%5BuserExternalId%5D=ada%40example.com",
            "/v2/apps/5d8cff3cd55b040010928b5b/users?filter%5Bidentities.email%5D=ada%40example.com&brandId=b",
        ]
    );
}

/// Rules that the document has in prose only are kept before anything is sent.
#[tokio::test]
async fn one_of_several() {
    let server = Server::start([]);
    let client = client(&server);
    let mut errors = Vec::new();
    for filter in
        [ConversationFilter::new(), ConversationFilter::new().user_id("u").user_external_id("e")]
    {
        errors.push(client.conversations().list(APP, filter).await.unwrap_err().to_string());
    }
    let two_places = client.apps().list().after("a").before("b");
    errors.push(two_places.await.unwrap_err().to_string());
    let nobody = client.participants().join(APP, "c1", NewParticipant::new());
    errors.push(nobody.await.unwrap_err().to_string());
    let author = || Author::new(AuthorType::Business);
    for content in [TextMessage::new(), TextMessage::new().html_text("<b>").markdown_text("**")] {
        let message = NewMessage::new(author(), content);
        errors.push(client.messages().post(APP, "c1", message).await.unwrap_err().to_string());
    }
    let expected = [
        "exactly one of `userId` and `userExternalId` has to be set, and none is",
        "exactly one of `userId` and `userExternalId` has to be set, and `userId` and `userExternalId` are",
        "at most one of `page[after]` and `page[before]` may be set",
        "exactly one of `userId` and `userExternalId` has to be set, and none is",
        "at least one of `text`, `htmlText`, `markdownText` and `actions` has to be set",
        "at most one of `htmlText` and `markdownText` may be set",
    ];
    assert_eq!(errors.len(), expected.len());
    for (error, expected) in errors.iter().zip(expected) {
        assert!(error.contains(expected), "{error}");
    }
    assert!(server.requests().is_empty());
}

/// The first page is the newest one; `hasMore` speaks of the pages before it.
#[tokio::test]
async fn messages_are_read_backwards() {
    let page = |ids: [&str; 2], more: bool| {
        let messages = ids.map(|id| json!({ "id": id }));
        // Each page has both cursors, that of the newer side always.
        let meta = json!({ "hasMore": more, "beforeCursor": ids[0], "afterCursor": ids[1] });
        Reply::json(200, json!({ "messages": messages, "meta": meta }).to_string())
    };
    let server = Server::start([page(["m3", "m4"], true), page(["m1", "m2"], false)]);
    let mut items = client(&server).messages().list(APP, "c1").items();
    let mut ids = Vec::new();
    while let Some(message) = items.try_next().await.unwrap() {
        ids.push(message.id.into_string());
    }
    assert_eq!(ids, ["m3", "m4", "m1", "m2"]);
    let targets: Vec<_> =
        server.requests().iter().map(|request| request.target().to_owned()).collect();
    let list = format!("{CONVERSATION}/messages");
    assert_eq!(targets, [list.clone(), format!("{list}?page%5Bbefore%5D=m3")]);
}

/// Everything else is read forwards, until a page has no cursor; what is asked for stays the same.
#[test]
fn conversations_are_read_forwards() {
    let first = r#"{"conversations":[{"id":"c1"}],"meta":{"hasMore":true,"afterCursor":"c1"}}"#;
    let last = r#"{"conversations":[{"id":"c2"}],"meta":{"hasMore":false,"beforeCursor":"c2"}}"#;
    let server = Server::start([Reply::json(200, first), Reply::json(200, last)]);
    let client = sunshine::builder().bearer("t").base_url(server.url()).build_blocking().unwrap();
    let filter = ConversationFilter::new().user_id("u");
    let items = client.conversations().list(APP, filter).size(1).items();
    let ids: Vec<_> = items.map(|item| item.unwrap().id.into_string()).collect();
    assert_eq!(ids, ["c1", "c2"]);
    let second = server.requests()[1].target().to_owned();
    let query = "?page%5Bsize%5D=1&filter%5BuserId%5D=u&page%5Bafter%5D=c1";
    assert!(second.ends_with(query), "{second}");
}

#[tokio::test]
async fn a_message_is_sent() {
    let answer =
        json!({ "messages": [{ "id": "m1", "content": { "type": "text", "text": "Hello!" } }] });
    let server = Server::start([Reply::json(201, answer.to_string())]);
    let author = Author::new(AuthorType::Business).subtypes(vec![AuthorSubtype::Ai]);
    let content = TextMessage::new()
        .markdown_text("# Hello!")
        .actions(vec![PostbackAction::new("Wave back", "WAVE").into()]);
    let message = NewMessage::new(author, content)
        .destination(Destination::IntegrationType("none".to_owned()))
        .metadata(Metadata::from_iter([("seats".to_owned(), MetadataValue::Whole(12))]))
        .overrides(MessageOverride::new().line(ChannelOverride::new()));
    let messages = client(&server).messages().post(APP, "c1", message).await.unwrap();
    assert_eq!(messages.len(), 1);
    assert_eq!(
        sent(&server),
        concat!(
            r##"{"author":{"type":"business","subtypes":["AI"]},"content":{"type":"text","markdownText":"# Hello!","##,
            r#""actions":[{"type":"postback","text":"Wave back","payload":"WAVE"}]},"#,
            r#""destination":{"integrationType":"none"},"metadata":{"seats":12},"override":{"line":{}}}"#,
        )
    );
}

/// New kinds break the provider's own SDKs. Here they are kept, and written back as they came.
#[tokio::test]
async fn unknown_kinds_are_kept() {
    let messages = json!([
        { "id": "m1", "content": { "type": "hologram", "shape": { "sides": [1, 2.5] } } },
        { "id": "m2", "author": { "type": "business", "subtypes": ["oracle"] }, "content": {
            "type": "text", "text": "?",
            "actions": [{ "type": "whistle", "tune": null }, { "type": "reply", "text": "Yes", "payload": "Y" }],
        } },
        { "id": "m3", "activity": { "type": "ticket:eaten" }, "quotedMessage": { "type": "dream" } },
    ]);
    let server = Server::start([Reply::json(200, json!({ "messages": messages }).to_string())]);
    let read = client(&server).messages().list(APP, "c1").await.unwrap();
    assert!(matches!(&read[0].content, Some(Content::Other(_))), "{:?}", read[0]);
    let Some(Content::Text(text)) = &read[1].content else { panic!("{:?}", read[1]) };
    assert!(matches!(text.actions.as_deref(), Some([Action::Other(_), Action::Reply(_)])));
    assert_eq!(serde_json::to_value(&read).unwrap(), messages);
}

/// A message quotes a message that quotes a message.
#[tokio::test]
async fn quotations_go_deep() {
    let quote = |message: serde_json::Value| json!({ "type": "message", "message": message });
    let deepest = json!({ "id": "m1", "quotedMessage": { "type": "externalMessageId", "externalMessageId": "x" } });
    let middle = json!({ "id": "m2", "quotedMessage": quote(deepest) });
    let message = json!({ "id": "m3", "quotedMessage": quote(middle), "deleted": null });
    let server = Server::start([Reply::json(200, json!({ "messages": [message] }).to_string())]);
    let read = client(&server).messages().list(APP, "c1").await.unwrap();
    let quoted = |message: &Message| match message.quoted_message.clone() {
        Some(QuotedMessage::Message(quoted)) => quoted.message.unwrap(),
        other => panic!("{other:?}"),
    };
    let deepest = quoted(&quoted(&read[0]));
    assert_eq!(deepest.id.as_str(), "m1");
    assert!(matches!(deepest.quoted_message, Some(QuotedMessage::ExternalMessageId(_))));
}

#[tokio::test]
async fn a_conversation_that_is_full() {
    let body = r#"{"errors":[{"code":"locked","title":"Conversation is locked"}]}"#;
    let server = Server::start([Reply::json(423, body)]);
    let message = NewMessage::new(Author::new(AuthorType::Business), TextMessage::new().text("Hi"));
    let error = client(&server).messages().post(APP, "c1", message).await.unwrap_err();
    assert!(matches!(error.service(), Some(PostError::ConversationFull(_))), "{error}");
}

/// Null takes a name away, and ids that are sometimes numbers are texts here.
#[tokio::test]
async fn conversations_and_users_are_changed() {
    let server = Server::start([
        Reply::json(200, r#"{"conversation":{"id":"c1","activeSwitchboardIntegration":null}}"#),
        Reply::json(200, r#"{"user":{"id":"u1","externalId":4711,"profile":{"avatarUrl":null}}}"#),
        Reply::json(200, r#"{"conversionEvents":{"datasetId":1234567890,"eventsReceived":1}}"#),
    ]);
    let client = client(&server);
    let patch = UpdateConversation::new().display_name(None).description("About it");
    client.conversations().update(APP, "c1", patch).await.unwrap();
    let patch = UpdateUser::new().profile(Profile::new().given_name("Ada").avatar_url(None));
    let user = client.users().update(APP, "e 1", patch).await.unwrap();
    assert_eq!(user.external_id.unwrap().as_str(), "4711");
    let payload = MetaConversionPayload::new(Vec::new());
    let events = ConversionEvents::Whatsapp(MetaConversion::new(payload));
    let result = client.conversations().report_conversions(APP, "c1", events).await.unwrap();
    assert_eq!(result.dataset_id.as_deref(), Some("1234567890"));
    let requests = server.requests();
    let bodies: Vec<_> =
        requests.iter().map(|request| String::from_utf8_lossy(&request.body)).collect();
    assert_eq!(
        bodies,
        [
            r#"{"displayName":null,"description":"About it"}"#,
            r#"{"profile":{"givenName":"Ada","avatarUrl":null}}"#,
            r#"{"whatsapp":{"payload":{"data":[]}}}"#,
        ]
    );
    assert_eq!(requests[1].target(), "/v2/apps/5d8cff3cd55b040010928b5b/users/e%201");
}

/// One body is optional, one is required and may be empty, and one is the id that tells who leaves.
#[tokio::test]
async fn bodies_of_actions() {
    let server = Server::start(vec![Reply::json(200, "{}"); 4]);
    let client = client(&server);
    client.control().release(APP, "c1").await.unwrap();
    client.control().accept(APP, "c1", ControlMetadata::new()).await.unwrap();
    let leaver = ParticipantRef::UserExternalId("e1".into());
    client.participants().leave(APP, "c1", leaver).await.unwrap();
    let typing = NewActivity::new(Author::new(AuthorType::Business), Activity::TypingStart);
    client.activities().post(APP, "c1", typing).await.unwrap();
    let requests = server.requests();
    let bodies: Vec<_> =
        requests.iter().map(|request| String::from_utf8_lossy(&request.body)).collect();
    assert_eq!(
        bodies,
        [
            "",
            "{}",
            r#"{"userExternalId":"e1"}"#,
            r#"{"author":{"type":"business"},"type":"typing:start"}"#,
        ]
    );
    assert_eq!(requests[0].header("content-type"), None);
}

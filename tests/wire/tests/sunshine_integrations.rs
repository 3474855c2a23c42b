//! Sunshine Conversations: integrations, of which there are sixteen kinds, and more in time.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::sunshine::models::{
    AndroidIntegration, AppleIntegration, CustomIntegration, Integration, IntegrationFilter,
    NewSwitchboardIntegration, TelegramIntegration, Trigger, TwilioIntegration, UpdateAndroid,
    UpdateApple, UpdateChannel, UpdateCustom, UpdateInstagram, UpdateIntegration, UpdateIos,
    UpdateMailgun, UpdateMessenger, UpdateUnity, UpdateWeb, UpdateWhatsapp, Webhook,
};
use clientwright_providers::sunshine::{self, Client};
use serde_json::json;
use wire_tests::{Reply, Server};

const APP: &str = "5d8cff3cd55b040010928b5b";
const PATH: &str = "/v2/apps/5d8cff3cd55b040010928b5b/integrations";

fn client(server: &Server) -> Client {
    sunshine::builder().bearer("t").base_url(server.url()).build().unwrap()
}

/// A server that answers each of so many calls with an integration of a kind that nobody knows.
fn server(calls: usize) -> Server {
    Server::start(vec![Reply::json(200, r#"{"integration":{"type":"hologram"}}"#); calls])
}

fn bodies(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests.map(|request| String::from_utf8(request.body).unwrap()).collect()
}

/// The kind stands beside the members, secrets are sent, and null where there is none.
#[tokio::test]
async fn create() {
    let server = server(4);
    let client = client(&server);
    let mut webhook =
        Webhook::new("https://example.com/callback", vec![Trigger::ConversationMessage]);
    // What only the service makes is not sent, whoever sets it.
    webhook.id = Some("5e554d2cac66fb73a3c01871".into());
    let apple = AppleIntegration::new("business", "s3cret", "msp").display_name("Apple");
    let integrations: [Integration; 4] = [
        CustomIntegration::new(vec![webhook]).into(),
        apple.default_responder_id(None).into(),
        TelegramIntegration::new(Some("t0ken".into())).into(),
        TwilioIntegration::new("AC1", None).phone_number_sid("PN1").into(),
    ];
    for integration in integrations {
        client.integrations().create(APP, integration).await.unwrap();
    }
    assert_eq!(
        bodies(&server),
        [
            r#"{"type":"custom","webhooks":[{"target":"https://example.com/callback","triggers":["conversation:message"]}]}"#,
            r#"{"type":"apple","displayName":"Apple","defaultResponderId":null,"businessId":"business","apiSecret":"s3cret","mspId":"msp"}"#,
            r#"{"type":"telegram","token":"t0ken"}"#,
            r#"{"type":"twilio","accountSid":"AC1","authToken":null,"phoneNumberSid":"PN1"}"#,
        ]
    );
}

/// Exactly one of two numbers, as the document says in prose.
#[tokio::test]
async fn one_of_two_members() {
    let server = Server::start([]);
    let client = client(&server);
    let twilio = TwilioIntegration::new("AC1", Some("t0ken".into()));
    let both = twilio.clone().phone_number_sid("PN1").messaging_service_sid("MG1");
    for integration in [twilio, both] {
        let error = client.integrations().create(APP, integration).await.unwrap_err();
        let expected = "exactly one of `phoneNumberSid` and `messagingServiceSid` has to be set";
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!error.to_string().contains("t0ken"), "{error}");
    }
    let place =
        NewSwitchboardIntegration::new("bot").integration_id("i").integration_type("custom");
    let error = client.switchboard_integrations().create(APP, "s", place).await.unwrap_err();
    assert!(error.to_string().contains("exactly one of `integrationId`"), "{error}");
    assert!(server.requests().is_empty());
}

/// Sixteen bodies that nothing tells apart but what they may hold: what is set is sent, and no tag.
#[tokio::test]
async fn update() {
    let changes: [UpdateIntegration; 6] = [
        UpdateAndroid::new().private_key("k3y").sender_id(None).into(),
        UpdateCustom::new().display_name(None).into(),
        UpdateInstagram::new().page_access_token("t0ken").story_replies_enabled(false).into(),
        UpdateIntegration::Line(UpdateChannel::new().show_ai_disclaimer(true)),
        UpdateIntegration::Viber(UpdateChannel::new().default_responder_id("d")),
        UpdateWeb::new().button_height(64).origin_whitelist(None).brand_color("65758e").into(),
    ];
    let server = server(changes.len());
    let client = client(&server);
    for change in changes {
        client.integrations().update(APP, "i", change).await.unwrap();
    }
    assert_eq!(
        bodies(&server),
        [
            r#"{"privateKey":"k3y","senderId":null}"#,
            r#"{"displayName":null}"#,
            r#"{"pageAccessToken":"t0ken","storyRepliesEnabled":false}"#,
            r#"{"showAIDisclaimer":true}"#,
            r#"{"defaultResponderId":"d"}"#,
            r#"{"brandColor":"65758e","buttonHeight":"64","originWhitelist":null}"#,
        ]
    );
    assert_eq!(server.requests()[0].line, format!("PATCH {PATH}/i HTTP/1.1"));
}

/// All sixteen changes, none of which says on the wire what kind it is for.
#[tokio::test]
async fn every_kind_is_updated() {
    let of_channel = [
        UpdateIntegration::Line,
        UpdateIntegration::Messagebird,
        UpdateIntegration::Telegram,
        UpdateIntegration::Twilio,
        UpdateIntegration::Twitter,
        UpdateIntegration::Viber,
    ];
    let mut changes: Vec<UpdateIntegration> = vec![
        UpdateAndroid::new().display_name("A").into(),
        UpdateApple::new().display_name("A").into(),
        UpdateCustom::new().display_name("A").into(),
        UpdateInstagram::new().display_name("A").into(),
        UpdateIos::new().display_name("A").into(),
        UpdateMailgun::new().display_name("A").into(),
        UpdateMessenger::new().display_name("A").into(),
        UpdateUnity::new().display_name("A").into(),
        UpdateWeb::new().display_name("A").into(),
        UpdateWhatsapp::new().display_name("A").into(),
    ];
    changes.extend(of_channel.map(|kind| kind(UpdateChannel::new().display_name("A"))));
    assert_eq!(changes.len(), 16);
    let server = server(changes.len());
    let client = client(&server);
    for change in changes {
        client.integrations().update(APP, "i", change).await.unwrap();
    }
    assert!(bodies(&server).iter().all(|body| body == r#"{"displayName":"A"}"#));
}

/// Kinds in one parameter between commas; secrets that are missing, numbers in texts, and a kind of
/// tomorrow.
#[tokio::test]
async fn list() {
    let integrations = json!([
        { "type": "apple", "id": "i1", "status": "active", "businessId": "b", "mspId": "m" },
        { "type": "web", "id": "i2", "status": "melting", "buttonWidth": "58", "buttonHeight": "64" },
        { "type": "messenger", "id": "i3", "pageAccessToken": null, "appId": "a", "pageId": 123_212_323_432_123_i64 },
        { "type": "hologram", "id": "i4", "shape": { "sides": [1, 2.5, null] } },
    ]);
    let body = json!({ "integrations": integrations, "meta": { "hasMore": false } });
    let server = Server::start([Reply::json(200, body.to_string())]);
    let filter = IntegrationFilter::new().types(vec!["apple".to_owned(), "web".to_owned()]);
    let read = client(&server).integrations().list(APP).filter(filter).await.unwrap();
    assert_eq!(server.request().target(), format!("{PATH}?filter%5Btypes%5D=apple%2Cweb"));
    let [Integration::Apple(apple), Integration::Web(web), _, Integration::Other(_)] = &read[..]
    else {
        panic!("{read:?}")
    };
    assert!(apple.api_secret.is_none());
    assert_eq!((web.button_width, web.button_height), (Some(58), Some(64)));
    // An answer is written as it was read, but for what only the service sets.
    let mut expected = integrations;
    for integration in expected.as_array_mut().unwrap() {
        if integration["type"] != "hologram" {
            integration.as_object_mut().unwrap().remove("id");
        }
    }
    expected[2]["appSecret"] = serde_json::Value::Null;
    assert_eq!(serde_json::to_value(&read).unwrap(), expected);
}

/// No rendering shows a secret.
#[test]
fn secrets_stay_hidden() {
    let telegram = TelegramIntegration::new(Some("t0ken".into()));
    let android = AndroidIntegration::new().private_key("k3y");
    let shown = format!("{telegram:?} {android:?}");
    assert!(!shown.contains("t0ken") && !shown.contains("k3y"), "{shown}");
}

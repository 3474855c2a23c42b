//! Calls over a proxy: one that a client of the app names, and the one of the environment.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::punt::{self, Builder};
use clientwright_providers::runtime::{
    ErrorKind, ReqwestTransport, Retry, UreqTransport, reqwest, ureq,
};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use wire_tests::{Reply, Server};

/// A host that is nowhere: whoever looks for it by himself finds none.
const BASE: &str = "http://api.shop.example";
const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]";

fn builder() -> Builder {
    punt::builder().bearer("t").base_url(BASE).allow_http().retry(Retry::none())
}

/// Answers as the server behind it would; the receiver has the first line of each request. A client that first
/// asks for a tunnel gets one.
fn proxy() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let first = head(&mut reader);
            let tunnel = first.starts_with("CONNECT ");
            sender.send(first).unwrap();
            if tunnel {
                reader.get_mut().write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
                head(&mut reader);
            }
            reader.get_mut().write_all(ANSWER.as_bytes()).unwrap();
        }
    });
    (address, receiver)
}

/// Reads the head of a request; its first line.
fn head(reader: &mut BufReader<TcpStream>) -> String {
    let lines = reader.lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().swap_remove(0)
}

/// The service is named to the proxy, in one way or the other.
fn is_for_the_service(line: &str) {
    let (absolute, tunnel) = (format!("GET {BASE}/"), "CONNECT api.shop.example:80 ");
    assert!(line.starts_with(&absolute) || line.starts_with(tunnel), "{line}");
}

const WAIT: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_client_of_the_app_names_a_proxy() {
    let (address, seen) = proxy();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .proxy(reqwest::Proxy::all(&address).unwrap());
    let transport = ReqwestTransport::new(client.build().unwrap());
    let punt = builder().transport(transport).build().unwrap();
    assert!(punt.subscriptions().list().await.unwrap().is_empty());
    is_for_the_service(&seen.recv_timeout(WAIT).unwrap());
}

#[test]
fn an_agent_of_the_app_names_a_proxy() {
    let (address, seen) = proxy();
    let config = ureq::Agent::config_builder().proxy(Some(ureq::Proxy::new(&address).unwrap()));
    let transport = UreqTransport::from_config(config.build());
    let punt = builder().blocking_transport(transport).build_blocking().unwrap();
    assert!(punt.subscriptions().list().send().unwrap().is_empty());
    is_for_the_service(&seen.recv_timeout(WAIT).unwrap());
}

/// Refuses whoever asks for a tunnel; its address.
fn closed_proxy() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut reader = BufReader::new(listener.accept().unwrap().0);
        assert!(head(&mut reader).starts_with("CONNECT api.shop.example:443 "));
        let refusal = b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n";
        reader.get_mut().write_all(refusal).unwrap();
    });
    address
}

/// The service has seen nothing, as where nobody listens.
#[tokio::test]
async fn a_proxy_that_refuses_is_no_connection() {
    let builder = || punt::builder().bearer("t").base_url("https://api.shop.example");
    let client = reqwest::Client::builder().proxy(reqwest::Proxy::all(closed_proxy()).unwrap());
    let transport = ReqwestTransport::from_builder(client).unwrap();
    let punt = builder().transport(transport).retry(Retry::none()).build().unwrap();
    let awaited = punt.subscriptions().list().await.unwrap_err();
    let proxy = ureq::Proxy::new(&closed_proxy()).unwrap();
    let config = ureq::Agent::config_builder().proxy(Some(proxy)).build();
    let builder = builder().blocking_transport(UreqTransport::from_config(config));
    let punt = builder.retry(Retry::none()).build_blocking().unwrap();
    let blocking = punt.subscriptions().list().send().unwrap_err();
    assert_eq!((awaited.kind(), blocking.kind()), (ErrorKind::Connect, ErrorKind::Connect));
}

/// Says to the program below that it is one, and which address to call.
const CHILD: &str = "CLIENTWRIGHT_TEST_BEHIND_A_PROXY";

/// What the program does that is started by the tests after it. By itself it is no test of anything.
#[tokio::test]
async fn behind_a_proxy() {
    if let Ok(address) = std::env::var(CHILD) {
        let builder = || builder().base_url(&address);
        assert!(builder().build().unwrap().subscriptions().list().await.unwrap().is_empty());
        let blocking = builder().build_blocking().unwrap();
        let call = move || blocking.subscriptions().list().send().unwrap();
        assert!(tokio::task::spawn_blocking(call).await.unwrap().is_empty());
    }
}

/// This program once more, in an environment without proxies but these.
fn in_environment<'a>(variables: impl IntoIterator<Item = (&'a str, &'a str)>) -> Command {
    let mut child = Command::new(std::env::current_exe().unwrap());
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        child.env_remove(name).env_remove(name.to_uppercase());
    }
    child.envs(variables);
    child
}

/// Both built-in transports go where the environment says. It is that of another process, since one's own is
/// everybody's.
#[test]
fn the_environment_names_a_proxy() {
    let (address, seen) = proxy();
    succeeds(in_environment([("http_proxy", &*address)]).env(CHILD, BASE));
    for _ in 0..2 {
        is_for_the_service(&seen.recv_timeout(WAIT).unwrap());
    }
}

/// Each of its variables is for some addresses, with both of them.
#[test]
fn the_environment_says_which_addresses_are_called_over_it() {
    let (address, seen) = proxy();
    let nobody = "http://127.0.0.1:1";
    for (variables, proxied) in [
        (vec![("HTTPS_PROXY", nobody)], false),
        (vec![("HTTP_PROXY", &*address), ("HTTPS_PROXY", nobody), ("ALL_PROXY", nobody)], true),
        (vec![("ALL_PROXY", &*address), ("https_proxy", nobody)], true),
        (vec![("ALL_PROXY", nobody), ("NO_PROXY", "example.com, 127.0.0.0/8")], false),
        (vec![("ALL_PROXY", &*address), ("NO_PROXY", "*")], true),
        (vec![("HTTP_PROXY", nobody), ("REQUEST_METHOD", "GET")], false),
    ] {
        let server = Server::repeating(Reply::json(200, "[]"));
        succeeds(in_environment(variables.iter().copied()).env(CHILD, server.url()));
        let expected = if proxied { (2, 0) } else { (0, 2) };
        assert_eq!((seen.try_iter().count(), server.count()), expected, "{variables:?}");
    }
}

fn succeeds(child: &mut Command) {
    let output = child.args(["--exact", "behind_a_proxy"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// As all tests with a server of their own do, since `.cargo/config.toml` says so.
#[test]
fn what_is_on_this_machine_is_called_without_one() {
    let (address, _seen) = proxy();
    let answers = [(); 2].map(|()| Reply::json(200, "[]"));
    let server = Server::start(answers);
    let mut child = Command::new(std::env::current_exe().unwrap());
    succeeds(child.env(CHILD, server.url()).env("http_proxy", address));
    assert_eq!(server.requests().len(), 2);
}

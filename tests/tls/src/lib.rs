//! A server that speaks TLS, with a certificate that is made when it starts.
#![forbid(unsafe_code)]

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Whatever may go wrong.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// A server that answers one connection.
pub struct Server {
    /// Its address, by the name `localhost`.
    pub address: String,
    /// The certificate of the authority that vouches for it, in DER.
    pub authority: Vec<u8>,
    seen: Receiver<Vec<u8>>,
}

impl Server {
    /// Starts a server whose certificate is for the host `name`.
    ///
    /// # Errors
    ///
    /// A certificate cannot be made, or no port is free.
    pub fn start(name: &str) -> Result<Self, Error> {
        let mut authority = CertificateParams::new(Vec::new())?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.distinguished_name.push(DnType::CommonName, "the authority");
        let key = KeyPair::generate()?;
        let root = authority.self_signed(&key)?.der().to_vec();
        let issuer = Issuer::new(authority, key);
        let key = KeyPair::generate()?;
        let certificate =
            CertificateParams::new(vec![name.to_owned()])?.signed_by(&key, &issuer)?;
        let config =
            config(certificate.der().clone(), PrivatePkcs8KeyDer::from(key.serialize_der()))?;
        let listener = TcpListener::bind("localhost:0")?;
        let address = format!("https://localhost:{}", listener.local_addr()?.port());
        let (send, seen) = channel();
        thread::spawn(move || {
            let mut got = Vec::new();
            if let Ok((stream, _)) = listener.accept() {
                // What goes wrong is for the client to tell; here it counts what has come by then.
                let _ = converse(stream, config, &mut got);
            }
            let _ = send.send(got);
        });
        Ok(Self { address, authority: root, seen })
    }

    /// All that the client has said inside of TLS, once its connection has ended.
    ///
    /// # Errors
    ///
    /// Nobody has come, or does not go.
    pub fn seen(&self) -> Result<String, Error> {
        Ok(String::from_utf8(self.seen.recv_timeout(Duration::from_secs(20))?)?)
    }
}

fn config(
    certificate: CertificateDer<'static>,
    key: PrivatePkcs8KeyDer<'static>,
) -> Result<Arc<ServerConfig>, Error> {
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions()?.with_no_client_auth();
    Ok(Arc::new(builder.with_single_cert(vec![certificate], key.into())?))
}

/// Reads a request without a body and answers it.
fn converse(
    mut socket: TcpStream,
    config: Arc<ServerConfig>,
    got: &mut Vec<u8>,
) -> Result<(), Error> {
    let mut connection = ServerConnection::new(config)?;
    let mut stream = Stream::new(&mut connection, &mut socket);
    let mut bytes = [0; 1024];
    while !got.ends_with(b"\r\n\r\n") {
        match stream.read(&mut bytes)? {
            0 => return Ok(()),
            length => got.extend_from_slice(&bytes[..length]),
        }
    }
    stream.write_all(
        b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\nfine",
    )?;
    stream.conn.send_close_notify();
    stream.flush()?;
    Ok(())
}

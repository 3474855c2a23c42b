//! One type of error to pass on, precise when it is looked at.

use clientwright_providers::polar::models::{CreatedWebhook, NewWebhook};
use clientwright_providers::polar::webhooks::CreateError;
use clientwright_providers::punt::models::ApiError;
use clientwright_providers::runtime::{Error, ErrorKind};
use clientwright_providers::{polar, punt, sunshine};

async fn precise(polar: &polar::Client, new: NewWebhook) -> Result<Option<CreatedWebhook>, Error> {
    match polar.webhooks().create(new).await {
        Ok(hook) => Ok(Some(hook)),
        Err(error) if error.is_timeout() || error.is_connect() => Ok(None),
        Err(error) => match error.service() {
            Some(CreateError::AlreadyExists(_)) => Ok(None),
            Some(CreateError::BadRequest(why)) => {
                println!("{} {}", why.message.as_deref().unwrap_or(""), error.status().unwrap());
                Ok(None)
            }
            _ => Err(error.into()),
        },
    }
}

/// Providers have one type of error together, and it is an ordinary one.
async fn pass_on(
    punt: &punt::Client,
    sunshine: &sunshine::Client,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    async fn both(punt: &punt::Client, sunshine: &sunshine::Client) -> Result<(), Error> {
        punt.subscriptions().delete("1").await?;
        sunshine.integration_keys().delete("app", "integration", "key").await?;
        Ok(())
    }
    if let Err(error) = both(punt, sunshine).await {
        match error.kind() {
            ErrorKind::Service => {
                let said: Option<&ApiError> = error.service();
                println!("{:?} {said:?}", error.method());
            }
            ErrorKind::Decode => println!("{:?} {:?}", error.path(), error.body_excerpt()),
            _ if error.is_retryable() => println!("later"),
            _ => return Err(error.into()),
        }
    }
    punt.subscriptions().list().await?;
    Ok(())
}

fn main() {
    let _ = (precise, pass_on);
}

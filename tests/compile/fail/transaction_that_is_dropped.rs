#![deny(unused_must_use)]
#![allow(deprecated)]

use clientwright_providers::polar::{Client, Error};

async fn resumed(polar: &Client) {
    polar.exercise_transactions().resume(12, 34);
}

async fn not_committed(polar: &Client) -> Result<(), Error> {
    if let Some(transaction) = polar.exercise_transactions().create(12).begin().await? {
        transaction.commit();
    }
    Ok(())
}

fn main() {}

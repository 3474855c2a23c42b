#![allow(deprecated)]

use clientwright_providers::polar::exercise_transactions::Transaction;
use clientwright_providers::polar::Error;

async fn committed(transaction: Transaction) -> Result<(), Error> {
    transaction.commit().await?;
    transaction.list().await?;
    Ok(())
}

async fn twice(transaction: Transaction) -> Result<(), Error> {
    transaction.commit().await?;
    transaction.commit().await?;
    Ok(())
}

fn abandoned(transaction: Transaction) {
    transaction.abandon();
    let _ = transaction.id();
}

fn copied(transaction: &Transaction) {
    let _ = transaction.clone().commit();
}

fn main() {}

// A service may get another error, and another event.
use clientwright_providers::polar::webhooks::CreateError;
use clientwright_providers::punt::models::Event;

fn status(error: CreateError) -> u16 {
    match error {
        CreateError::BadRequest(_) => 400,
        CreateError::AlreadyExists(_) => 409,
    }
}

fn is_shipped(event: Event) -> bool {
    match event {
        Event::ShipmentShipped => true,
        Event::OutboundStatus | Event::ReceiptReceived | Event::InboundStatus => false,
        Event::LabelStatus | Event::ListStatus | Event::Other(_) => false,
    }
}

fn main() {}

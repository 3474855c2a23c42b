use clientwright_providers::punt::models::{Event, NewSubscription};

fn main() {
    let _ = NewSubscription { notification_url: "u".into(), event: Event::LabelStatus };
}

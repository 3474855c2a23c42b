// A service may get another parameter, and then such a program would no longer compile.
use clientwright_providers::punt::subscriptions::List;

fn main() {
    let _ = List { skip: None, take: Some(50) };
    let _ = List { take: Some(50), ..Default::default() };
}

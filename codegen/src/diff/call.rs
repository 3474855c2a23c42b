//! What is called with arguments, whose order counts.

/// A list of arguments, and what stands around it.
pub(super) struct Call {
    name: String,
    arguments: Vec<Argument>,
    gives: String,
}

/// An argument.
pub(super) struct Argument {
    /// The item that it sets.
    pub(super) item: String,
    pub(super) name: String,
    pub(super) rust: String,
}

impl Call {
    pub(super) fn new(name: &str, arguments: Vec<Argument>) -> Self {
        Self { name: name.to_owned(), arguments, gives: String::new() }
    }

    /// The same with what it gives.
    pub(super) fn gives(self, rust: &str) -> Self {
        Self { gives: format!(" -> {rust}"), ..self }
    }

    /// The whole as Rust code sees it.
    pub(super) fn rust(&self) -> String {
        let arguments = self.arguments.iter().map(|one| format!("{}: {}", one.name, one.rust));
        format!("{}({}){}", self.name, arguments.collect::<Vec<_>>().join(", "), self.gives)
    }

    /// The items of the arguments that differ, if nothing else does. Types are compared as `was` and `is` write them.
    pub(super) fn other_arguments(
        &self,
        new: &Self,
        was: impl Fn(&str) -> String,
        is: impl Fn(&str) -> String,
    ) -> Option<Vec<String>> {
        let both = |here: &'_ Self, there: &Self| {
            let kept = here.arguments.iter().filter(|one| there.argument(&one.item).is_some());
            kept.map(|one| one.item.clone()).collect::<Vec<_>>()
        };
        let around = self.name == new.name && was(&self.gives) == is(&new.gives);
        if !around || both(self, new) != both(new, self) {
            return None;
        }
        let is_same = |old: &Argument, new: &Argument| was(&old.rust) == is(&new.rust);
        let differs =
            |one: &&Argument| new.argument(&one.item).is_none_or(|now| !is_same(one, now));
        let gone_or_other = self.arguments.iter().filter(differs);
        let added = new.arguments.iter().filter(|one| self.argument(&one.item).is_none());
        Some(gone_or_other.chain(added).map(|one| one.item.clone()).collect())
    }

    fn argument(&self, item: &str) -> Option<&Argument> {
        self.arguments.iter().find(|one| one.item == item)
    }

    /// The same with all types as `shown` writes them.
    pub(super) fn map(mut self, shown: impl Fn(&str) -> String) -> Self {
        self.arguments.iter_mut().for_each(|one| one.rust = shown(&one.rust));
        self.gives = shown(&self.gives);
        self
    }
}

//! What the specifications rest on. There is nothing here but tests.

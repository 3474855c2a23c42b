//! `client_builder!` and `client_call!`

/// Writes what the builders of all providers have in common. The types `Builder`, with a field `inner`,
/// and `Client` of the provider must be in scope under these names.
#[macro_export]
macro_rules! client_builder {
    () => {
        impl Builder {
            /// Sends every call to this address instead of the provider's own server.
            #[must_use]
            pub fn base_url(
                mut self,
                url: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self.inner.base_url(url);
                self
            }

            /// Sends calls to addresses that begin with `http://`, too, where everybody on the way can
            /// read them with their credentials.
            #[must_use]
            pub fn allow_http(mut self) -> Self {
                self.inner.allow_http();
                self
            }

            /// The longest that a call may take, with all its attempts and the waits between them.
            #[must_use]
            pub fn timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.inner.timeout(timeout);
                self
            }

            /// The longest that one attempt of a call may take; a minute where neither this nor
            /// `timeout` is set and the service declares nothing.
            #[must_use]
            pub fn attempt_timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.inner.attempt_timeout(timeout);
                self
            }

            /// The longest that a connection may take to come about; ten seconds unless set here or
            /// declared by the service.
            #[must_use]
            pub fn connect_timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.inner.connect_timeout(timeout);
                self
            }

            /// The library that the built-in transports speak TLS with; rustls unless set.
            #[must_use]
            pub fn tls(mut self, tls: $crate::Tls) -> Self {
                self.inner.tls(tls);
                self
            }

            /// When calls are sent again by themselves.
            #[must_use]
            pub fn retry(mut self, retry: $crate::Retry) -> Self {
                self.inner.retry(retry);
                self
            }

            /// The largest body of an answer, in bytes, that is held in memory.
            #[must_use]
            pub fn max_answer(mut self, bytes: usize) -> Self {
                self.inner.max_answer(bytes);
                self
            }

            /// What the client calls itself in `User-Agent`.
            #[must_use]
            pub fn user_agent(
                mut self,
                user_agent: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self.inner.user_agent(user_agent);
                self
            }

            /// A header that every call sends.
            #[must_use]
            pub fn header(
                mut self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self.inner.header(name, value);
                self
            }

            /// Lets this look at each attempt before it is sent and after it was answered.
            #[must_use]
            pub fn middleware(mut self, middleware: impl $crate::Middleware) -> Self {
                self.inner.middleware(middleware);
                self
            }

            /// Tells this how long attempts and calls take and how they end.
            #[must_use]
            pub fn metrics(mut self, metrics: impl $crate::Metrics) -> Self {
                self.inner.metrics(metrics);
                self
            }

            /// Tells this what answers hold that the specification does not know; a `DriftReport` of the
            /// runtime writes it down.
            #[must_use]
            pub fn drift(mut self, observer: impl $crate::DriftObserver) -> Self {
                self.inner.drift(observer);
                self
            }

            /// Sends calls over this transport instead of the built-in one.
            #[must_use]
            pub fn transport(mut self, transport: impl $crate::Transport) -> Self {
                self.inner.transport(transport);
                self
            }

            /// Sends calls of the blocking client over this transport instead of the built-in one.
            #[must_use]
            pub fn blocking_transport(mut self, transport: impl $crate::BlockingTransport) -> Self {
                self.inner.blocking_transport(transport);
                self
            }

            /// Takes time and chance from here, for tests that wait for nothing.
            #[must_use]
            pub fn clock(mut self, clock: impl $crate::Clock) -> Self {
                self.inner.clock(clock);
                self
            }

            /// Builds the client. Credentials that it was not given are missed by the calls that need them.
            ///
            /// # Errors
            ///
            /// When the address, a header or a variable of the server cannot be used, or something that has
            /// to be set is not.
            pub fn build(self) -> ::core::result::Result<Client, $crate::BuildError> {
                ::core::result::Result::Ok(Client { inner: self.inner.build()? })
            }

            /// Builds the client that blocks the thread.
            ///
            /// # Errors
            ///
            /// As [`build`](Self::build).
            pub fn build_blocking(
                self,
            ) -> ::core::result::Result<Client<$crate::Blocking>, $crate::BuildError> {
                ::core::result::Result::Ok(Client { inner: self.inner.build_blocking()? })
            }
        }
    };
}

/// Writes what the calls of all providers have in common, for the type `Call` of the provider, which must
/// be in scope under this name with a field `inner`. `pages`, `streams` and `transactions` add the methods of calls
/// whose answers come in pages, can be read as they come or begin transactions, for which the type `Client` of the provider
/// must be in scope, too.
#[macro_export]
macro_rules! client_call {
    ($provider:ident $(, $more:ident)*) => {
        impl<R: $crate::Request<Provider = $provider>, M: $crate::Mode> Call<R, M> {
            /// The longest that this call may take, with all its attempts.
            pub fn with_timeout(self, timeout: ::core::time::Duration) -> Self {
                Self { inner: self.inner.with_timeout(timeout) }
            }

            /// The longest that one attempt of this call may take.
            pub fn with_attempt_timeout(self, timeout: ::core::time::Duration) -> Self {
                Self { inner: self.inner.with_attempt_timeout(timeout) }
            }

            /// When this call is sent again by itself.
            pub fn with_retry(self, retry: $crate::Retry) -> Self {
                Self { inner: self.inner.with_retry(retry) }
            }

            /// A header that this call sends.
            pub fn with_header(
                self,
                name: &str,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self { inner: self.inner.with_header(name, value) }
            }
        }

        impl<R: $crate::Request<Provider = $provider>> Call<R> {
            /// Sends the call and gives status and headers beside the body.
            ///
            /// # Errors
            ///
            /// As when the call is awaited.
            pub async fn with_response(
                self,
            ) -> ::core::result::Result<$crate::Response<R::Output>, $crate::CallError<R::Error>> {
                self.inner.send().await
            }
        }

        impl<R: $crate::Request<Provider = $provider>> Call<R, $crate::Blocking> {
            /// Sends the call and gives what it answers.
            ///
            /// # Errors
            ///
            /// When there is no answer, or one that is no success.
            pub fn send(self) -> ::core::result::Result<R::Output, $crate::CallError<R::Error>> {
                self.with_response().map($crate::Response::into_body)
            }

            /// Sends the call and gives status and headers beside the body.
            ///
            /// # Errors
            ///
            /// As [`send`](Self::send).
            pub fn with_response(
                self,
            ) -> ::core::result::Result<$crate::Response<R::Output>, $crate::CallError<R::Error>> {
                self.inner.send()
            }
        }

        impl<R: $crate::Request<Provider = $provider>> ::core::future::IntoFuture for Call<R> {
            type Output = ::core::result::Result<R::Output, $crate::CallError<R::Error>>;
            type IntoFuture = $crate::CallFuture<R>;

            fn into_future(self) -> Self::IntoFuture {
                self.inner.into_future()
            }
        }

        $($crate::__client_call_more! { $more $provider })*
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __client_call_more {
    (pages $provider:ident) => {
        impl<R: $crate::Paged + $crate::Request<Provider = $provider>, M: $crate::Mode> Call<R, M> {
            /// All pages from this one on, each asked for when it is wanted.
            pub fn pages(self) -> $crate::Pages<R, M> {
                self.inner.pages()
            }

            /// The items of all pages from this one on.
            pub fn items(self) -> $crate::Items<R, M> {
                self.inner.items()
            }
        }
    };
    (streams $provider:ident) => {
        impl<R: $crate::Streamed + $crate::Request<Provider = $provider>> Call<R> {
            /// Sends the call and gives its answer to be read as it comes.
            ///
            /// # Errors
            ///
            /// As when the call is awaited, until the answer begins to come.
            pub async fn stream(
                self,
            ) -> ::core::result::Result<R::Stream<$crate::Async>, $crate::CallError<R::Error>> {
                self.inner.stream().await
            }
        }

        impl<R: $crate::Streamed + $crate::Request<Provider = $provider>>
            Call<R, $crate::Blocking>
        {
            /// Sends the call and gives its answer to be read as it comes.
            ///
            /// # Errors
            ///
            /// As when the call is sent, until the answer begins to come.
            pub fn stream(
                self,
            ) -> ::core::result::Result<R::Stream<$crate::Blocking>, $crate::CallError<R::Error>>
            {
                self.inner.stream()
            }
        }
    };
    (transactions $provider:ident) => {
        impl<R> Call<R>
        where
            R: $crate::Begins<Client<$crate::Async> = Client>
                + $crate::Request<Provider = $provider>,
        {
            /// Sends the call and gives the transaction that it begins.
            ///
            /// # Errors
            ///
            /// As when the call is awaited.
            pub async fn begin(
                self,
            ) -> ::core::result::Result<R::Begun<$crate::Async>, $crate::CallError<R::Error>> {
                self.inner.begin(|inner| Client { inner }).await
            }
        }

        impl<R> Call<R, $crate::Blocking>
        where
            R: $crate::Begins<Client<$crate::Blocking> = Client<$crate::Blocking>>
                + $crate::Request<Provider = $provider>,
        {
            /// Sends the call and gives the transaction that it begins.
            ///
            /// # Errors
            ///
            /// As when the call is sent.
            pub fn begin(
                self,
            ) -> ::core::result::Result<R::Begun<$crate::Blocking>, $crate::CallError<R::Error>>
            {
                self.inner.begin(|inner| Client { inner })
            }
        }

        /// Looks after a transaction that this method commits.
        pub(super) fn open_transaction<M: $crate::Mode>(
            client: &Client<M>,
            commit: &'static $crate::Method,
        ) -> $crate::OpenTransaction<M> {
            $crate::OpenTransaction::new(&client.inner, commit)
        }

        /// The commit of a transaction by a call.
        pub(super) fn committing<T, R, M: $crate::Mode>(
            transaction: T,
            call: Call<R, M>,
        ) -> $crate::Committing<T, R, M> {
            $crate::Committing::new(transaction, call.inner)
        }
    };
}

# The tools server: built on Debian, run on a distroless image with nothing but it, as nobody in particular.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
# The cache is not part of the layer, so the binary is copied out of it.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --profile dist --locked -p tools-server && cp target/dist/tools-server /tools-server

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /tools-server /usr/local/bin/tools-server
USER nonroot
ENV TOOLS_BIND=0.0.0.0:8787
EXPOSE 8787
ENTRYPOINT ["/usr/local/bin/tools-server"]
CMD ["serve"]

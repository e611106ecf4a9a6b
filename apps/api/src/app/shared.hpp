// Shared by all threads of the process: configuration, clocks, counters and the search index.
#pragma once

#include "adapters/local/rate_counts.hpp"
#include "adapters/opensearch/status.hpp"
#include "adapters/pictures/slots.hpp"
#include "adapters/redis/standing.hpp"
#include "adapters/s3/presence.hpp"
#include "api/cursor.hpp"
#include "api/public_answers.hpp"
#include "app/embedded_atlas.hpp"
#include "config/config.hpp"
#include "core/clock.hpp"
#include "features/live/switchboard.hpp"
#include "features/search/driver_cards.hpp"
#include "features/trips/card_cache.hpp"
#include "geo/gazetteer.hpp"
#include "geo/road_graph.hpp"
#include "http/readiness.hpp"
#include "matching/trip_index.hpp"
#include "net/vendor_status.hpp"
#include "ports/wakeups.hpp"

#include <functional>

namespace safargo::app {

struct Shared {
    explicit Shared(Config read_config)
        : config(std::move(read_config)),
          keys(config.jwt_secret, config.jwt_secret_previous),
          gazetteer(geo::Gazetteer::load(config.data_dir)),
          roads(geo::RoadGraph::load(config.data_dir)),
          atlas(roads, gazetteer.data()) {}

    Config config;
    SystemClock clock;
    local::RateCounts rate_counts{clock};
    pictures::Slots picture_slots{2, 16};  // decoding at once, and waiting
    crypto::KeyRing keys;
    api::CursorSigner cursors{keys};
    geo::Gazetteer gazetteer;
    geo::RoadGraph roads;
    EmbeddedAtlas atlas;
    matching::TripIndex index;
    search::DriverCards driver_cards;
    trips::CardCache trip_cards;
    api::SharedAnswers place_answers;
    live::Switchboard live;
    http::Readiness readiness;
    opensearch::Status opensearch;
    redis::Standing redis;
    s3::Presence s3;
    net::VendorStatus twilio, sendgrid, stripe;
    Wakeups* wakeups = nullptr;  // of the search thread; null before it is made
    // Called after every commit, from any thread: wakes the search feed and the outbox.
    std::function<void()> committed = [] {};
};

}  // namespace safargo::app

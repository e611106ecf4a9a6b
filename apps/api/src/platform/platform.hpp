// What one thread provides to the features built on it. Everything here outlives them.
#pragma once

#include "api/cursor.hpp"
#include "config/config.hpp"
#include "core/clock.hpp"
#include "core/key_ring.hpp"
#include "db/database.hpp"
#include "geo/gazetteer.hpp"
#include "geo/road_graph.hpp"
#include "matching/trip_index.hpp"
#include "ports/cache.hpp"
#include "ports/delivery_reports.hpp"
#include "ports/messenger.hpp"
#include "ports/object_store.hpp"
#include "ports/payment_notices.hpp"
#include "ports/payment_provider.hpp"
#include "ports/picture_processor.hpp"
#include "ports/place_search.hpp"
#include "ports/rate_limiter.hpp"
#include "ports/wakeups.hpp"

#include <functional>
#include <memory>

namespace safargo::platform {

struct Platform {
    db::Database& database;
    // Another pool of this thread, for work that must not use the first; its application_name identifies it in metrics.
    std::function<std::unique_ptr<db::Database>(db::Options)> open_database;

    const Config& config;
    const Clock& clock;
    const crypto::KeyRing& keys;
    const api::CursorSigner& cursors;

    RateLimiter& limiter;
    Messengers messengers;
    std::string push_key{};  // what browsers subscribe with (VAPID)
    DeliveryReporters delivery_reporters{};
    PaymentProvider* sandbox;           // null in production: the sandbox moves no real money
    PaymentProvider* stripe = nullptr;  // null: not configured
    const PaymentNotices* stripe_notices = nullptr;

    // Null: not configured, or not connected yet. Their features answer feature_unavailable or do without.
    ObjectStore* objects = nullptr;
    PictureProcessor* pictures = nullptr;
    PlaceIndex* place_index = nullptr;  // PostgreSQL searches
    Cache* cache = nullptr;             // reads are not shared between replicas
    Wakeups* wakeups = nullptr;         // the database's notifications wake

    // Shared by all threads.
    const geo::Gazetteer& gazetteer;
    const geo::RoadGraph& roads;
    const matching::TripIndex& index;
};

}  // namespace safargo::platform

// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo_names.h"

#include "sources/demo_noise.h"

#include <array>
#include <fmt/format.h>

namespace tracedeck {

const DemoService& demoService(std::size_t index)
{
    static constexpr std::array<DemoService, kDemoServices> kServices{{
        {"shop-frontend", "shop/frontend:4.2.0", "shop", "web"},
        {"checkout-web", "shop/checkout:2.9.1", "shop", "web"},
        {"cart", "shop/cart:3.0.4", "shop", "api"},
        {"payments", "pay/payments:7.1.0", "payments", "api"},
        {"ledger-db", "postgres:15.6", "payments", "db"},
        {"catalog-api", "shop/catalog:5.4.2", "shop", "api"},
        {"search-indexer", "shop/search:1.8.0", "search", "batch"},
        {"session-cache", "redis:7.2", "shop", "cache"},
        {"auth-service", "id/auth:2.2.7", "identity", "api"},
        {"recommender", "ml/recommender:0.9.3", "ml", "api"},
        {"price-sync", "shop/price-sync:1.1.5", "shop", "batch"},
        {"image-resizer", "media/resizer:3.3.0", "media", "batch"},
        {"queue-broker", "rabbitmq:3.12", "platform", "queue"},
        {"mailer", "notify/mailer:1.6.1", "notify", "batch"},
        {"billing-worker", "pay/billing:4.0.0", "payments", "batch"},
        {"edge-proxy", "envoyproxy/envoy:1.29", "edge", "edge"},
        {"minio-gateway", "minio/minio:2024.3", "storage", "storage"},
        {"reporting-api", "bi/reporting:2.5.0", "bi", "api"},
        {"metrics-agg", "obs/aggregator:1.12.0", "platform", "batch"},
        {"pg-replica", "postgres:15.6", "platform", "db"},
        {"orders", "shop/orders:6.2.3", "shop", "api"},
        {"inventory", "shop/inventory:3.7.1", "shop", "api"},
        {"shipping", "ops/shipping:2.0.8", "logistics", "api"},
        {"tracking", "ops/tracking:1.4.4", "logistics", "api"},
        {"label-printer", "ops/labels:0.8.2", "logistics", "batch"},
        {"fraud-check", "pay/fraud:5.0.1", "payments", "api"},
        {"invoice-pdf", "pay/invoice:1.9.0", "payments", "batch"},
        {"user-profile", "id/profile:3.1.2", "identity", "api"},
        {"sso-bridge", "id/sso:1.0.9", "identity", "api"},
        {"feature-flags", "platform/flags:2.3.3", "platform", "api"},
        {"config-store", "platform/config:1.7.0", "platform", "db"},
        {"event-log", "redpanda:23.3", "platform", "queue"},
        {"stream-join", "data/join:0.6.4", "data", "batch"},
        {"warehouse-etl", "data/etl:2.8.0", "data", "batch"},
        {"clickstream", "data/clicks:1.2.0", "data", "api"},
        {"chat-support", "care/chat:4.4.1", "care", "web"},
        {"ticket-api", "care/tickets:2.6.2", "care", "api"},
        {"video-encoder", "media/encoder:7.0.0", "media", "batch"},
        {"thumb-cache", "varnish:7.4", "media", "cache"},
        {"backup-agent", "ops/backup:1.5.0", "storage", "batch"},
    }};
    return kServices[index % kServices.size()];
}

std::string demoRegion(std::size_t index)
{
    static constexpr std::array<std::string_view, 8> kRegions{"west", "east",  "north", "south",
                                                              "lab",  "coast", "metro", "hill"};
    const std::string_view name = kRegions[index % kRegions.size()];
    const std::size_t round = index / kRegions.size();
    return round == 0 ? std::string(name) : fmt::format("{}{}", name, round + 1);
}

std::string demoHex(std::uint64_t hash, std::size_t digits)
{
    std::string text;
    for (std::uint64_t part = 0; text.size() < digits; ++part) {
        text += fmt::format("{:016x}", demoHash(hash, part));
    }
    text.resize(digits);
    return text;
}

std::string demoSuffix(std::uint64_t hash, std::size_t letters)
{
    static constexpr std::string_view kLetters = "bcdfghjklmnpqrstvwxz2456789";
    std::string text;
    for (std::size_t i = 0; i < letters; ++i) {
        text += kLetters[demoHash(hash, i) % kLetters.size()];
    }
    return text;
}

std::string demoAddress(std::uint32_t number)
{
    return fmt::format("10.{}.{}.{}", (number >> 16U) & 255U, (number >> 8U) & 255U, number & 255U);
}

} // namespace tracedeck

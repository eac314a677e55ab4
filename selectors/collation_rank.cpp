// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/collation_rank.h"

#include "core/search_arena.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace tracedeck {
namespace {

struct Folded {
    std::string text;
    std::vector<std::size_t> starts;

    [[nodiscard]] std::string_view view(StringId id) const
    {
        return std::string_view(text).substr(starts[id], starts[id + 1] - starts[id]);
    }
};

Folded foldPool(const StringPool& pool)
{
    Folded folded;
    folded.starts.reserve(pool.size() + 1);
    for (StringId id = 0; id < pool.size(); ++id) {
        folded.starts.push_back(folded.text.size());
        appendFolded(folded.text, pool.view(id));
    }
    folded.starts.push_back(folded.text.size());
    return folded;
}

/// The eight bytes from `depth` on as a big-endian number; past the end they count as zero bytes.
std::uint64_t chunkAt(std::string_view text, std::size_t depth)
{
    std::uint64_t chunk = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        const std::size_t at = depth + i;
        chunk = (chunk << 8U) | (at < text.size() ? static_cast<unsigned char>(text[at]) : 0U);
    }
    return chunk;
}

struct Entry {
    std::uint64_t chunk = 0;
    StringId id = 0;
};

struct Job {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t depth = 0;
};

/// Sorts by eight bytes at a time: comparisons touch the entries only, texts are read once per chunk.
/// Jobs instead of recursion, because texts may be long.
class ChunkSort {
public:
    ChunkSort(const StringPool& pool, const Folded& folded) : m_pool(pool), m_folded(folded) { }

    void run(std::vector<Entry>& entries)
    {
        m_jobs.push_back({0, entries.size(), 0});
        while (!m_jobs.empty()) {
            const Job job = m_jobs.back();
            m_jobs.pop_back();
            sortRange(entries, job);
        }
    }

private:
    void sortRange(std::vector<Entry>& entries, const Job& job)
    {
        const auto begin = entries.begin() + static_cast<std::ptrdiff_t>(job.begin);
        const auto end = entries.begin() + static_cast<std::ptrdiff_t>(job.end);
        bool anyLonger = false;
        for (auto entry = begin; entry != end; ++entry) {
            const std::string_view text = m_folded.view(entry->id);
            entry->chunk = chunkAt(text, job.depth);
            anyLonger = anyLonger || text.size() > job.depth + 8;
        }
        if (!anyLonger) {
            std::sort(begin, end, [this](const Entry& a, const Entry& b) {
                return a.chunk != b.chunk ? a.chunk < b.chunk : lessByWhole(a.id, b.id);
            });
            return;
        }
        std::sort(begin, end, [](const Entry& a, const Entry& b) { return a.chunk < b.chunk; });
        for (std::size_t at = job.begin; at < job.end;) {
            std::size_t next = at + 1;
            while (next < job.end && entries[next].chunk == entries[at].chunk) {
                ++next;
            }
            if (next - at > 1) {
                m_jobs.push_back({at, next, job.depth + 8});
            }
            at = next;
        }
    }

    /// Zero padding makes "a" and "a\0" equal in chunks, so the texts themselves decide.
    [[nodiscard]] bool lessByWhole(StringId a, StringId b) const
    {
        const int folded = m_folded.view(a).compare(m_folded.view(b));
        return folded != 0 ? folded < 0 : m_pool.view(a) < m_pool.view(b);
    }

    const StringPool& m_pool;
    const Folded& m_folded;
    std::vector<Job> m_jobs;
};

} // namespace

CollationRanks collationRanksByBytes(const StringPool& pool)
{
    const Folded folded = foldPool(pool);
    std::vector<Entry> entries(pool.size());
    for (StringId id = 0; id < pool.size(); ++id) {
        entries[id].id = id;
    }
    ChunkSort(pool, folded).run(entries);
    CollationRanks ranks;
    ranks.rank.resize(pool.size());
    for (std::uint32_t place = 0; place < entries.size(); ++place) {
        ranks.rank[entries[place].id] = place;
    }
    return ranks;
}

} // namespace tracedeck

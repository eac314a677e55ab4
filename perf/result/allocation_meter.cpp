// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/result/allocation_meter.h"

#include <cstdlib>
#include <dlfcn.h>
#include <malloc.h>

namespace {

struct Count {
    bool on = false;
    std::size_t allocations = 0;
    std::size_t bytes = 0;
    std::ptrdiff_t kept = 0;
    std::ptrdiff_t peak = 0;
};
thread_local Count count;

} // namespace

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
namespace {

void* taken(void* block, std::size_t size)
{
    if (count.on && block != nullptr) {
        ++count.allocations;
        count.bytes += size;
        count.kept += static_cast<std::ptrdiff_t>(malloc_usable_size(block));
        count.peak = count.kept > count.peak ? count.kept : count.peak;
    }
    return block;
}

void given(void* block)
{
    if (count.on && block != nullptr) {
        count.kept -= static_cast<std::ptrdiff_t>(malloc_usable_size(block));
    }
}

} // namespace

namespace {

/// Whom the functions below hand on to: the C library, or what was loaded before it to watch the heap. heaptrack sees
/// nothing of a program that answers malloc itself and asks nobody else.
struct Heap {
    void* (*malloc)(std::size_t) = nullptr;
    void* (*calloc)(std::size_t, std::size_t) = nullptr;
    void* (*realloc)(void*, std::size_t) = nullptr;
    void (*free)(void*) = nullptr;
    void* (*alignedAlloc)(std::size_t, std::size_t) = nullptr;
};
Heap watched; ///< all or none

template <class Function> void follow(Function& function, const char* name)
{
    function = reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

__attribute__((constructor)) void followPreload()
{
    Heap found;
    follow(found.malloc, "malloc");
    follow(found.calloc, "calloc");
    follow(found.realloc, "realloc");
    follow(found.free, "free");
    follow(found.alignedAlloc, "aligned_alloc");
    if (found.malloc != nullptr && found.calloc != nullptr && found.realloc != nullptr && found.free != nullptr
        && found.alignedAlloc != nullptr) {
        watched = found;
    }
}

} // namespace

extern "C" {
// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming): the C library calls them so
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void __libc_free(void*);
void* __libc_memalign(std::size_t, std::size_t);
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming)

void* malloc(std::size_t size)
{
    return taken(watched.malloc != nullptr ? watched.malloc(size) : __libc_malloc(size), size);
}

void* calloc(std::size_t number, std::size_t size)
{
    return taken(watched.calloc != nullptr ? watched.calloc(number, size) : __libc_calloc(number, size), number * size);
}

void* realloc(void* block, std::size_t size)
{
    given(block);
    return taken(watched.realloc != nullptr ? watched.realloc(block, size) : __libc_realloc(block, size), size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size)
{
    return taken(watched.alignedAlloc != nullptr ? watched.alignedAlloc(alignment, size)
                                                 : __libc_memalign(alignment, size),
                 size);
}

void free(void* block)
{
    given(block);
    if (watched.free != nullptr) {
        watched.free(block);
    } else {
        __libc_free(block);
    }
}
}
#endif

namespace tracedeck {

AllocationMeter::AllocationMeter()
{
    count = {};
    count.on = true;
}

AllocationMeter::~AllocationMeter()
{
    count.on = false;
}

std::size_t AllocationMeter::allocations() const // NOLINT(readability-convert-member-functions-to-static)
{
    return count.allocations;
}

std::size_t AllocationMeter::bytes() const // NOLINT(readability-convert-member-functions-to-static)
{
    return count.bytes;
}

std::ptrdiff_t AllocationMeter::kept() const // NOLINT(readability-convert-member-functions-to-static)
{
    return count.kept;
}

std::ptrdiff_t AllocationMeter::peak() const // NOLINT(readability-convert-member-functions-to-static)
{
    return count.peak;
}

bool AllocationMeter::works()
{
    const AllocationMeter meter;
    void* volatile block = std::malloc(1);
    std::free(block);
    return meter.allocations() > 0;
}

} // namespace tracedeck

// Removes from the store what no row needs. Objects go before their rows, and any step may run again: so nothing is
// forgotten, and two replicas may sweep side by side.
#pragma once

#include "db/database.hpp"
#include "db/outbox.hpp"
#include "features/media/picture_rows.hpp"
#include "features/media/upload_rows.hpp"
#include "ports/object_store.hpp"

namespace safargo::media {

class Sweeping {
public:
    // `store` may be null: nothing is swept then.
    Sweeping(db::Database& database, ObjectStore* store) : database_(database), store_(store) {}

    // What is left of permits that have expired, and pictures that nobody claimed or that the subscription could not
    // remove. Throws DependencyUnavailable.
    Task<void> sweep(Instant now);

    // "media.remover": removes discarded pictures as soon as their discarding has been committed.
    db::Subscription subscription();

private:
    Task<void> sweep_uploads(Instant now);
    Task<void> sweep_upload(Upload upload, Instant now);
    Task<void> sweep_pictures(Instant now);
    Task<void> remove_discarded(db::OutboxMessage message);
    Task<void> remove(StoredPicture picture);
    Task<void> remove_objects(std::vector<ObjectName> names);

    db::Database& database_;
    ObjectStore* store_;
    UploadRows uploads_;
    PictureRows pictures_;
};

}  // namespace safargo::media

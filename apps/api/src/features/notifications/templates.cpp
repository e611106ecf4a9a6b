#include "features/notifications/templates.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace safargo::notifications {
namespace {

constexpr std::array templates{
    Template{"otp",
             2,
             {"Votre code SafarGo", "{0} est votre code SafarGo. Il expire dans {1} minutes. Ne le donnez à personne."},
             {"رمز SafarGo الخاص بك", "{0} هو رمزك في SafarGo. تنتهي صلاحيته بعد {1} دقائق. لا تعطه لأحد."},
             {"Your SafarGo code", "{0} is your SafarGo code. It expires in {1} minutes. Give it to nobody."}},
    Template{"booking_requested",
             2,
             {"Nouvelle demande", "Une demande de place attend votre réponse pour {0}, réponse avant {1}."},
             {"طلب جديد", "طلب مكان ينتظر ردك لرحلة {0}، الرد قبل {1}."},
             {"New request", "A seat request waits for your answer for {0}, answer before {1}."}},
    Template{"booking_confirmed",
             2,
             {"Place confirmée", "Votre place pour {0} est confirmée. Départ le {1}."},
             {"تم تأكيد مكانك", "مكانك في رحلة {0} مؤكد. الانطلاق يوم {1}."},
             {"Seat confirmed", "Your seat for {0} is confirmed. Departure on {1}."}},
    Template{"booking_taken",
             2,
             {"Nouveau passager", "Un passager a réservé votre trajet {0}. Départ le {1}."},
             {"راكب جديد", "حجز راكب في رحلتك {0}. الانطلاق يوم {1}."},
             {"A new passenger", "A passenger has booked your trip {0}. Departure on {1}."}},
    Template{"booking_accepted",
             2,
             {"Demande acceptée", "Votre demande pour {0} est acceptée. Payez avant {1} pour garder votre place."},
             {"قُبل الطلب", "تم قبول طلبك لرحلة {0}. ادفع قبل {1} للاحتفاظ بمكانك."},
             {"Request accepted", "Your request for {0} is accepted. Pay before {1} to keep your seat."}},
    Template{"booking_payment_declined",
             2,
             {"Paiement refusé", "Le paiement de votre place pour {0} n'a pas abouti. Réessayez avant {1}."},
             {"لم يتم الدفع", "لم يتم دفع ثمن مكانك في رحلة {0}. أعد المحاولة قبل {1}."},
             {"Payment declined", "The payment of your seat for {0} was declined. Try again before {1}."}},
    Template{"booking_money_returned",
             1,
             {"Paiement rendu", "Votre paiement pour {0} est arrivé trop tard. Toute la somme vous est rendue."},
             {"أُعيد المبلغ", "وصل دفعك لرحلة {0} متأخرا. يُعاد إليك المبلغ كاملا."},
             {"Money given back", "Your payment for {0} came too late. All of it is given back to you."}},
    Template{"booking_rescheduled",
             2,
             {"Horaire modifié", "Le conducteur a modifié l'horaire de {0}. Départ le {1}."},
             {"تغير التوقيت", "غيّر السائق توقيت رحلة {0}. الانطلاق يوم {1}."},
             {"New time", "The driver has changed the time of {0}. Departure on {1}."}},
    Template{"booking_details_changed",
             1,
             {"Trajet modifié", "Le conducteur a modifié les détails du trajet {0}. Relisez-les avant le départ."},
             {"تغيرت التفاصيل", "غيّر السائق تفاصيل رحلة {0}. راجعها قبل الانطلاق."},
             {"Trip changed", "The driver has changed the details of {0}. Read them before you leave."}},
    Template{
        "booking_counted_as_travelled",
        1,
        {"Trajet terminé", "Votre trajet {0} compte comme effectué. Si vous n'avez pas voyagé, ouvrez vite un litige."},
        {"انتهت الرحلة", "احتُسبت رحلتك {0} على أنها تمت. إن لم تسافر فافتح نزاعا بسرعة."},
        {"Trip completed", "Your trip {0} counts as taken. If you did not travel, open a dispute soon."}},
    Template{"booking_passenger_missing",
             4,
             {"Absence signalée",
              "{1} signale que vous n'étiez pas au rendez-vous pour {0}, départ le {2}. Si c'est "
              "faux, contestez dans SafarGo avant le {3}. D'ici là, l'argent ne bouge pas."},
             {"تم الإبلاغ عن غيابك",
              "أبلغ {1} أنك لم تحضر لرحلة {0}، الانطلاق يوم {2}. إن لم يكن هذا صحيحا فاعترض في "
              "SafarGo قبل {3}. لن تتحرك الأموال قبل ذلك."},
             {"Reported absent",
              "{1} says that you were not at the pickup for {0}, leaving on {2}. If that is wrong, "
              "contest it in SafarGo before {3}. No money moves until then."}},
    Template{"booking_driver_missing",
             4,
             {"Absence signalée",
              "{1} signale que personne n'est venu au rendez-vous pour {0}, départ le {2}. Si c'est "
              "faux, contestez dans SafarGo avant le {3}. D'ici là, l'argent ne bouge pas."},
             {"تم الإبلاغ عن غيابك",
              "أبلغ {1} أن لا أحد حضر إلى مكان الركوب لرحلة {0}، الانطلاق يوم {2}. إن لم يكن هذا "
              "صحيحا فاعترض في SafarGo قبل {3}. لن تتحرك الأموال قبل ذلك."},
             {"Reported absent",
              "{1} says that nobody came to the pickup for {0}, leaving on {2}. If that is wrong, "
              "contest it in SafarGo before {3}. No money moves until then."}},
    Template{
        "dispute_opened",
        4,
        {"Litige ouvert", "{2} a ouvert un litige sur {0} du {1}. Donnez votre version dans SafarGo avant le {3}."},
        {"تم فتح نزاع", "فتح {2} نزاعا حول رحلة {0} ليوم {1}. قدّم روايتك في SafarGo قبل {3}."},
        {"Dispute opened", "{2} has opened a dispute about {0} of {1}. Give your side in SafarGo before {3}."}},
    Template{"dispute_answered",
             3,
             {"Réponse à votre litige", "{2} a répondu à votre litige sur {0} du {1}. SafarGo va maintenant décider."},
             {"رد على نزاعك", "رد {2} على نزاعك حول رحلة {0} ليوم {1}. ستتخذ SafarGo قرارها الآن."},
             {"Your dispute was answered", "{2} has answered your dispute about {0} of {1}. SafarGo will now decide."}},
    Template{"dispute_resolved",
             3,
             {"Litige réglé", "Le litige sur {0} du {1} est réglé. Somme rendue au passager : {2} DA."},
             {"تمت تسوية النزاع", "تمت تسوية النزاع حول رحلة {0} ليوم {1}. المبلغ المعاد إلى الراكب: {2} د.ج."},
             {"Dispute settled", "The dispute about {0} of {1} is settled. Given back to the passenger: {2} DA."}},
    Template{"booking_paid_too_late",
             3,
             {"Paiement rendu",
              "Votre paiement de {2} pour {0}, départ le {1}, est arrivé trop tard. Toute la somme vous est rendue."},
             {"أُعيد المبلغ", "وصل دفعك بقيمة {2} لرحلة {0}، الانطلاق يوم {1}، متأخرا. يُعاد إليك المبلغ كاملا."},
             {"Money given back",
              "Your payment of {2} for {0}, leaving on {1}, came too late. All of it is given back to you."}},
    Template{"booking_not_accepted",
             4,
             {"Demande refusée", "Le conducteur ({3}) n'a pas pu accepter votre demande pour {0}, départ le {1}. {2}"},
             {"رُفض الطلب", "لم يُقبل طلبك من طرف السائق {3} لرحلة {0}، الانطلاق يوم {1}. {2}"},
             {"Request declined", "The driver ({3}) could not accept your request for {0}, leaving on {1}. {2}"}},
    Template{"booking_cancelled_by_passenger",
             4,
             {"Réservation annulée", "{3} a annulé sa réservation pour {0}, départ le {1}. {2}"},
             {"أُلغي حجز", "تم إلغاء الحجز من طرف {3} لرحلة {0}، الانطلاق يوم {1}. {2}"},
             {"Booking cancelled", "{3} has cancelled their booking for {0}, leaving on {1}. {2}"}},
    Template{"booking_cancelled_by_driver",
             4,
             {"Réservation annulée", "Le conducteur ({3}) a annulé votre réservation pour {0}, départ le {1}. {2}"},
             {"أُلغي حجزك", "تم إلغاء حجزك من طرف السائق {3} لرحلة {0}، الانطلاق يوم {1}. {2}"},
             {"Booking cancelled", "The driver ({3}) has cancelled your booking for {0}, leaving on {1}. {2}"}},
    Template{"booking_cancelled_by_safargo",
             3,
             {"Réservation annulée", "SafarGo a annulé la réservation pour {0}, départ le {1}. {2}"},
             {"أُلغي الحجز", "ألغت SafarGo الحجز لرحلة {0}، الانطلاق يوم {1}. {2}"},
             {"Booking cancelled", "SafarGo has cancelled the booking for {0}, leaving on {1}. {2}"}},
    Template{"booking_ride_cut_short",
             3,
             {"Trajet interrompu", "Le trajet {0} du {1} a été annulé en route. {2}"},
             {"توقفت الرحلة", "أُلغيت رحلة {0} ليوم {1} في الطريق. {2}"},
             {"Trip cut short", "The trip {0} of {1} was cancelled on the way. {2}"}},
    Template{"booking_ride_called_off",
             3,
             {"Trajet annulé", "Le trajet {0} du {1} a été annulé avant le départ. {2}"},
             {"أُلغيت الرحلة", "أُلغيت رحلة {0} ليوم {1} قبل الانطلاق. {2}"},
             {"Trip cancelled", "The trip {0} of {1} was cancelled before it set off. {2}"}},
    Template{
        "booking_seats_given_back",
        5,
        {"Places rendues", "{3} a rendu une partie de ses places pour {0}, départ le {1}. Places gardées : {4}. {2}"},
        {"أُعيدت أماكن", "أُعيد جزء من أماكن {3} في رحلة {0}، الانطلاق يوم {1}. الأماكن المتبقية له: {4}. {2}"},
        {"Seats given back",
         "{3} has given some of their seats back for {0}, leaving on {1}. Seats they keep: {4}. {2}"}},
    Template{
        "booking_lapsed",
        3,
        {"Demande expirée", "Votre demande pour {0}, départ le {1}, a expiré : les places sont de nouveau libres. {2}"},
        {"انتهت صلاحية طلبك", "انتهت صلاحية طلبك لرحلة {0}، الانطلاق يوم {1}، وأصبحت الأماكن شاغرة. {2}"},
        {"Request expired", "Your request for {0}, leaving on {1}, has expired and the seats are free again. {2}"}},
    Template{"booking_lapsed_unpaid",
             3,
             {"Demande expirée",
              "La demande de {2} pour {0}, départ le {1}, a expiré sans paiement : les places sont de nouveau libres."},
             {"انتهت صلاحية الطلب", "انتهت صلاحية طلب {2} لرحلة {0}، الانطلاق يوم {1}، دون دفع، وأصبحت الأماكن شاغرة."},
             {"Request expired",
              "The request of {2} for {0}, leaving on {1}, has expired unpaid and the seats are free again."}},
    // These are of an older version, for what it left waiting.
    Template{"booking_declined",
             1,
             {"Demande refusée", "Le conducteur n'a pas pu accepter votre demande pour {0}."},
             {"رُفض الطلب", "لم يتمكن السائق من قبول طلبك لرحلة {0}."},
             {"Request declined", "The driver could not accept your request for {0}."}},
    Template{"booking_cancelled",
             1,
             {"Réservation annulée", "La réservation pour {0} a été annulée."},
             {"أُلغي الحجز", "تم إلغاء الحجز لرحلة {0}."},
             {"Booking cancelled", "The booking for {0} was cancelled."}},
    Template{"trip_cancelled",
             2,
             {"Trajet annulé", "SafarGo a annulé votre trajet {0} du {1}. Les éventuels passagers sont prévenus."},
             {"أُلغيت رحلتك", "ألغت SafarGo رحلتك {0} ليوم {1}. تم إعلام الركاب إن وُجدوا."},
             {"Trip cancelled", "SafarGo has cancelled your trip {0} of {1}. Any passengers have been told."}},
    Template{"booking_expired",
             1,
             {"Demande expirée", "La demande pour {0} a expiré, les places sont de nouveau libres."},
             {"انتهت صلاحية الطلب", "انتهت صلاحية الطلب لرحلة {0} وأصبحت الأماكن شاغرة."},
             {"Request expired", "The request for {0} has expired and the seats are free again."}},
};

const Wording& wording(const Template& entry, Language language) {
    switch (language) {
        case Language::ar:
            return entry.ar;
        case Language::en:
            return entry.en;
        case Language::fr:
            break;
    }
    return entry.fr;
}

// {0} to {9} only: what people wrote is a parameter and is never read as a pattern.
std::string fill(std::string_view pattern, const std::vector<std::string>& parameters) {
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool hole = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
        if (!hole) {
            text.push_back(pattern[i]);
            continue;
        }
        text += parameters.at(static_cast<std::size_t>(pattern[i + 1] - '0'));
        i += 2;
    }
    return text;
}

}  // namespace

std::span<const Template> all_templates() {
    return templates;
}

Rendered render(std::string_view name, Language language, const std::vector<std::string>& parameters) {
    const auto found = std::ranges::find(templates, name, &Template::name);
    if (found == templates.end() || found->parameters != parameters.size()) {
        throw std::logic_error("no such message template: " + std::string(name));
    }
    const Wording& words = wording(*found, language);
    return {fill(words.subject, parameters), fill(words.text, parameters)};
}

}  // namespace safargo::notifications

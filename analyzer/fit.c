#include "fit.h"

#include <math.h>
#include <string.h>

enum {
    ROUNDS = 100,           /* of Newton's method; some ten are usual */
    HALVINGS = 30,          /* of a step that goes too far */
    LARGEST = 10,           /* weight, in either direction */
    MEMBERS = FIT_MOST + 1, /* weights, then the constant */
};
static const double penalty = 1.0;
static const double settled = 1e-9;

static bool
bit(const struct fit_row *row, uint32_t child)
{
    return row->holds >> child & 1;
}

static double
raw_score(const struct fit_row *row, const double *w, uint32_t children)
{
    double sum = w[children];
    for (uint32_t c = 0; c < children; c++)
        sum += bit(row, c) ? w[c] : 0;
    return sum;
}

/* log(1 + exp(x)) without overflow. */
static double
softplus(double x)
{
    return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

/*
 * Beside the rows stand as many where no child holds, and that are wrong: all the other sentences
 * of a contract.  Without them a child that holds in every row would seem to tell nothing.
 */
static double
loss(const struct fit_row *rows, uint32_t count, const double *w, uint32_t children)
{
    double sum = count * softplus(w[children]); /* as many empty rows */
    for (uint32_t r = 0; r < count; r++) {
        double score = raw_score(&rows[r], w, children);
        sum += softplus(rows[r].positive ? -score : score);
    }
    for (uint32_t c = 0; c < children; c++)
        sum += penalty / 2 * w[c] * w[c];
    return sum;
}

/* b becomes the x of a x = b: Gauss; `a` is positive definite, so there always is a pivot. */
static void
solve(double (*a)[MEMBERS], double *b, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        uint32_t pivot = k;
        for (uint32_t i = k + 1; i < n; i++)
            if (fabs(a[i][k]) > fabs(a[pivot][k]))
                pivot = i;
        for (uint32_t j = 0; j < n; j++) {
            double kept = a[k][j];
            a[k][j] = a[pivot][j];
            a[pivot][j] = kept;
        }
        double kept = b[k];
        b[k] = b[pivot];
        b[pivot] = kept;
        for (uint32_t i = k + 1; i < n; i++) {
            double factor = a[i][k] / a[k][k];
            for (uint32_t j = k; j < n; j++)
                a[i][j] -= factor * a[k][j];
            b[i] -= factor * b[k];
        }
    }
    for (uint32_t k = n; k-- > 0;) {
        for (uint32_t j = k + 1; j < n; j++)
            b[k] -= a[k][j] * b[j];
        b[k] /= a[k][k];
    }
}

/* Slope and curvature of the loss: what Newton's step is made of. */
static void
derive(const struct fit_row *rows, uint32_t count, const double *w, uint32_t children,
       double (*curvature)[MEMBERS], double *slope)
{
    uint32_t n = children + 1;
    for (uint32_t i = 0; i < n; i++) {
        memset(curvature[i], 0, n * sizeof **curvature);
        curvature[i][i] = i < children ? penalty : settled;
        slope[i] = i < children ? penalty * w[i] : 0;
    }
    double empty = 1 / (1 + exp(-w[children]));
    slope[children] += count * empty;
    curvature[children][children] += count * empty * (1 - empty);
    for (uint32_t r = 0; r < count; r++) {
        double p = 1 / (1 + exp(-raw_score(&rows[r], w, children)));
        for (uint32_t i = 0; i < n; i++) {
            if (i < children && !bit(&rows[r], i))
                continue;
            slope[i] += p - rows[r].positive;
            for (uint32_t j = 0; j < n; j++)
                if (j == children || bit(&rows[r], j))
                    curvature[i][j] += p * (1 - p);
        }
    }
}

static void
regress(const struct fit_row *rows, uint32_t count, uint32_t children, double *w)
{
    double curvature[MEMBERS][MEMBERS], slope[MEMBERS], tried[MEMBERS];
    uint32_t n = children + 1;
    memset(w, 0, n * sizeof *w);
    double now = loss(rows, count, w, children);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        derive(rows, count, w, children, curvature, slope);
        solve(curvature, slope, n);
        double step = 1, next = now;
        for (uint32_t h = 0; h < HALVINGS; h++, step /= 2) {
            for (uint32_t i = 0; i < n; i++)
                tried[i] = w[i] - step * slope[i];
            next = loss(rows, count, tried, children);
            if (next <= now)
                break;
        }
        if (!(next < now - settled))
            return;
        memcpy(w, tried, n * sizeof *w);
        now = next;
    }
}

static int32_t
sum_of(const struct fit_row *row, const struct fit *fit)
{
    int32_t sum = 0;
    for (uint32_t c = 0; c < FIT_MOST; c++)
        sum += bit(row, c) ? fit->weights[c] : 0;
    return sum;
}

void
fit_measure(const struct fit_row *rows, uint32_t count, struct fit *fit)
{
    fit->right = fit->wrong = fit->missed = 0;
    for (uint32_t r = 0; r < count;) {
        uint32_t end = r;
        bool found = false, positive = false;
        for (; end < count && rows[end].document == rows[r].document &&
               rows[end].unit == rows[r].unit;
             end++) {
            found = found || sum_of(&rows[end], fit) >= fit->threshold;
            positive = positive || rows[end].positive;
        }
        fit->right += found && positive;
        fit->wrong += found && !positive;
        fit->missed += !found && positive;
        r = end;
    }
}

double
fit_precision(const struct fit *fit)
{
    return fit->right > 0 ? (double)fit->right / (fit->right + fit->wrong) : 0;
}

double
fit_recall(const struct fit *fit)
{
    return fit->right > 0 ? (double)fit->right / (fit->right + fit->missed) : 0;
}

/* F0.5: precision counts twice. */
static double
balance(const struct fit *fit)
{
    double p = fit_precision(fit), r = fit_recall(fit);
    return p + r > 0 ? 1.25 * p * r / (0.25 * p + r) : 0;
}

static bool
better(const struct fit *a, const struct fit *b, double precision)
{
    bool reaches_a = a->right > 0 && fit_precision(a) >= precision;
    bool reaches_b = b->right > 0 && fit_precision(b) >= precision;
    if (reaches_a != reaches_b)
        return reaches_a;
    if (!reaches_a)
        return balance(a) > balance(b);
    return a->right != b->right ? a->right > b->right : a->wrong < b->wrong;
}

/* Every threshold of one scale; of a run of equally good ones the middle. */
static void
choose_threshold(const struct fit_row *rows, uint32_t count, struct fit *fit, double precision)
{
    int32_t most = 0;
    for (uint32_t c = 0; c < FIT_MOST; c++)
        most += fit->weights[c] > 0 ? fit->weights[c] : 0;
    struct fit best = *fit, tried = *fit;
    int32_t first = 0, last = 0;
    for (tried.threshold = 1; tried.threshold <= most; tried.threshold++) {
        fit_measure(rows, count, &tried);
        if (first == 0 || better(&tried, &best, precision)) {
            best = tried;
            first = last = tried.threshold;
        } else if (last == tried.threshold - 1 && !better(&best, &tried, precision)) {
            last = tried.threshold;
        }
    }
    best.threshold = first + (last - first) / 2;
    *fit = best;
}

bool
fit_rows(const struct fit_row *rows, uint32_t count, uint32_t children, double precision,
         struct fit *fit)
{
    double w[MEMBERS], largest = 0;
    bool found = false;
    regress(rows, count, children, w);
    for (uint32_t c = 0; c < children; c++)
        largest = fabs(w[c]) > largest ? fabs(w[c]) : largest;
    for (int32_t scale = 1; scale <= LARGEST && largest > settled; scale++) {
        struct fit tried = {.threshold = 1};
        for (uint32_t c = 0; c < children; c++)
            tried.weights[c] = (int32_t)lround(w[c] / largest * scale);
        choose_threshold(rows, count, &tried, precision);
        if (tried.right > 0 && (!found || better(&tried, fit, precision))) {
            *fit = tried;
            found = true;
        }
    }
    return found;
}

using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Record;
using Remediator.Testing;
using Xunit.Abstractions;
using static Remediator.Tests.Learn.Ended;

namespace Remediator.Tests.Learn;

/// <summary>How well causes are told apart in generated histories with known causes.</summary>
public sealed class GeneratedHistoryTests(ITestOutputHelper output)
{
    private const int Histories = 200;
    private const int Days = 14;

    [Fact]
    public void Few_incidents_are_put_into_a_wrong_problem_and_few_are_missed()
    {
        var (members, missed, known, missedKnown, alone, wrong) = (0, 0, 0, 0, 0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = new History(new Random(seed));
            var found = Problems.Default.Of([.. history.Truth.Keys], Start).ToList();
            var foundOf = found.SelectMany((p, n) => p.Incidents.Select(d => (d.Id, n))).ToDictionary(p => p.Id, p => p.n);

            // A found problem is attributed to the cause of most of its incidents.
            var truthById = history.Truth.ToDictionary(t => t.Key.Id, t => t.Value);
            var about = found.Select(p => p.Incidents.CountBy(d => truthById[d.Id] ?? "").MaxBy(c => c.Value).Key).ToList();
            foreach (var (digest, truth) in history.Truth)
            {
                var said = foundOf.TryGetValue(digest.Id, out var n) ? about[n] : null;
                var isKnown = digest.Stack is not null || digest.Principal is not null || digest.Refused is not null || digest.IsFirst;
                (members, known, alone) = truth is null ? (members, known, alone + 1) : (members + 1, known + (isKnown ? 1 : 0), alone);
                missed += truth is not null && said != truth ? 1 : 0;
                missedKnown += truth is not null && isKnown && said != truth ? 1 : 0;
                wrong += said is not null && (said.Length == 0 || said != truth) ? 1 : 0;
            }
        }

        output.WriteLine(
            $"{Histories} histories of {Days} days, {members} incidents of {Histories * 6} problems, {alone} of none: missed {missed} "
            + $"({100.0 * missed / members:0.0} %; of the {known} whose cause was attributed {100.0 * missedKnown / known:0.0} %), "
            + $"in a wrong problem {wrong} ({100.0 * wrong / (members + alone):0.0} %)");
        Assert.InRange(missedKnown / (double)known, 0, 0.05);
        Assert.InRange(missed / (double)members, 0, 0.2);
        Assert.InRange(wrong / (double)(members + alone), 0, 0.05);
    }

    [Fact]
    public async Task Few_notices_are_left_to_a_wrong_problem_and_the_pages_of_a_problem_are_few()
    {
        var (incidents, pages, ofProblems, pagesOfProblems, left, wrong) = (0, 0, 0, 0, 0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var (clock, truth) = (new TestClock(), new History(new Random(seed)).Truth);
            var desk = new ProblemDesk(new MemoryJournal(clock, TimeSpan.FromMinutes(2)), Limits.Default, clock);
            var joined = new List<(string Problem, string? Truth)>();
            foreach (var (digest, cause) in truth.OrderBy(t => t.Key.OpenedAt))
            {
                clock.Advance(digest.OpenedAt > clock.GetUtcNow() ? digest.OpenedAt - clock.GetUtcNow() : TimeSpan.Zero);
                var problem = await desk.JoinedAsync(Incident(digest), default);
                (incidents, ofProblems) = (incidents + 1, ofProblems + (cause is null ? 0 : 1));
                if (problem is not null)
                {
                    joined.Add((problem, cause));
                    continue;
                }

                (pages, pagesOfProblems) = (pages + 1, pagesOfProblems + (cause is null ? 0 : 1));
            }

            foreach (var group in joined.GroupBy(j => j.Problem))
            {
                var about = group.CountBy(j => j.Truth ?? "").MaxBy(c => c.Value).Key;
                (pages, pagesOfProblems, left) = (pages + 1, pagesOfProblems + 1, left + group.Count());
                wrong += group.Count(j => j.Truth is null || j.Truth != about);
            }
        }

        output.WriteLine(
            $"{Histories} histories of {Days} days, {incidents} incidents, {ofProblems} of them of {Histories * 6} problems: "
            + $"{pages} pages, {pagesOfProblems} about problems; {left} left to a problem's notice, {wrong} of them to a wrong one "
            + $"({100.0 * wrong / left:0.0} %)");
        Assert.InRange(wrong / (double)left, 0, 0.05);
        Assert.InRange(pagesOfProblems / (double)ofProblems, 0, 0.7);
    }

    private static Incident Incident(Digest d)
    {
        var incident = Some.Incident(d.Resource, Some.Rule(d.Rule), now: d.OpenedAt);
        return incident with
        {
            State = IncidentState.Escalated,
            Reason = d.Reason,
            Detail = d.Refused is { } call
                ? $"{call} was refused (AccessDenied): arn:aws:sts::1:assumed-role/{d.RefusedRole}/x is not authorized" : null,
            Course = new() { Principal = d.Principal, Stack = d.Stack },
            Origin = incident.Origin with { IsFirst = d.IsFirst },
        };
    }

    /// <summary>Two stacks, two principals, a new rule and a denied permission, among incidents without a common cause.</summary>
    private sealed class History
    {
        private readonly Random random;
        private int names;

        public History(Random random)
        {
            this.random = random;
            Add(null, 60, Days * 24, d => d);
            Add("stack 1", random.Next(4, 20), 2, d => Attributed(d, d with { Stack = "web" }));
            Add("stack 2", random.Next(4, 20), 2, d => Attributed(d, d with { Stack = "shop" }));
            Add("principal 1", random.Next(3, 10), 3, d => Attributed(d, d with { Principal = "arn:aws:iam::1:user/kim" }));
            Add("principal 2", random.Next(3, 10), 3, d => Attributed(d, d with { Principal = "arn:aws:iam::1:user/lee" }));
            Add("rollout", random.Next(10, 60), 12, d => d with { Rule = "new-rule", IsFirst = true }, earliest: 30);
            Add("permission", random.Next(3, 15), Days * 24, d => d with
            {
                State = IncidentState.Escalated,
                Reason = Reason.NotPermitted,
                Refused = "s3:PutBucketAcl",
                RefusedRole = "Member",
            });
        }

        public Dictionary<Digest, string?> Truth { get; } = [];

        private void Add(string? truth, int count, int hours, Func<Digest, Digest> made, int earliest = 0)
        {
            var begin = earliest * 60 + random.Next(Math.Max(1, (Days * 24 - hours - earliest) * 60));
            for (var n = 0; n < count; n++)
            {
                Truth[made(Any(begin + random.Next(hours * 60)))] = truth;
            }
        }

        /// <summary>Old rules; half with a principal, a third with a stack, like the partial data of CloudTrail and tags.</summary>
        private Digest Any(int minutes) => Of($"bucket-{names++}", new(), minutes, $"rule-{random.Next(40)}") with
        {
            Principal = random.Next(2) == 0 ? $"arn:aws:sts::1:assumed-role/role-{random.Next(30)}/{random.Next(1000)}" : null,
            Stack = random.Next(3) == 0 ? $"stack-{random.Next(40)}" : null,
            IsFirst = random.Next(5) == 0,
            State = random.Next(2) == 0 ? IncidentState.Closed : IncidentState.Escalated,
            Reason = Reason.Unsupported,
        };

        /// <summary>One in seven is not attributed to its cause.</summary>
        private Digest Attributed(Digest plain, Digest known) => random.Next(7) == 0
            ? plain with { Principal = null, Stack = null, IsFirst = false }
            : known with { Principal = known.Stack is null || known.Principal != plain.Principal ? known.Principal : null };
    }
}

# SPDX-License-Identifier: GPL-3.0-or-later

ISSSim.open(made("baseline.h5")) do run
    all_events = ISSSim.table(run, :events)
    rows(filter) = [i for i in eachindex(all_events.time) if filter(i)]
    whole = ISSSim.events(run)
    @test whole.row == 1:run.event_count
    @test issorted(whole.time)
    @test isequal(Base.structdiff(whole, NamedTuple{(:row,)}), all_events)

    @testset "by kind, in chunks of $chunk" for chunk in (1, 7, 100, 1 << 20)
        docked = ISSSim.events(run; types = "DOCKED", chunk = chunk)
        @test docked.row == rows(i -> all_events.type[i] == "DOCKED") != []
        @test isequal(docked.flight, all_events.flight[docked.row])
        both = ISSSim.events(run; types = [:DOCKED, "UNDOCKED"], chunk = chunk)
        @test both.row == rows(i -> all_events.type[i] in ("DOCKED", "UNDOCKED"))
    end

    @testset "by time, from the one to before the other" begin
        from, to = DateTime(2026, 3, 1), DateTime(2026, 9, 1)
        wanted = rows(i -> from <= all_events.time[i] < to)
        @test !isempty(wanted)
        @test ISSSim.events(run; from = from, to = to).row == wanted
        @test ISSSim.events(run; from = Date(from), to = "2026-09-01").row == wanted
        @test ISSSim.events(run; from = "2026-03-01T00:00Z", to = to).row == wanted
        raw = ISSSim.column(run, :events, :time; times = :microseconds)
        at = raw[wanted[1]] # the first itself is in, and not in what ends there
        @test first(ISSSim.events(run; from = at).row) ==
              findfirst(==(at), raw)
        @test all(<(at), raw[ISSSim.events(run; to = at).row])
        @test isempty(ISSSim.events(run; from = "2100-01-01").row)
        @test isempty(ISSSim.events(run; to = "1998-11-20").row)
        @test_throws ArgumentError ISSSim.events(run; from = "March")
    end

    @testset "by what they concern" begin
        name = all_events.flight[findfirst(==("DOCKED"), all_events.type)]
        wanted = rows(i -> isequal(all_events.flight[i], name))
        @test ISSSim.events(run; flight = name).row == wanted
        row = findfirst(==(name), run.flights.id)
        @test ISSSim.events(run; flight = row, chunk = 50).row == wanted
        @test ISSSim.events(run; flight = run.flights.name[row]).row == wanted
        poisk = ISSSim.events(run; port = ["poisk"], types = "DOCKED")
        at_poisk = rows(i -> isequal(all_events.port[i], "poisk"))
        @test poisk.row == filter(i -> all_events.type[i] == "DOCKED", at_poisk) != []
    end

    @testset "some columns, none of which need be what is asked by" begin
        few = ISSSim.events(run; types = "DOCKED", columns = [:time, :crew])
        @test keys(few) == (:row, :time, :crew)
    end

    @testset "what isn't there" begin
        @test_throws ISSSim.NoSuchName ISSSim.events(run; types = "DOCKING")
        @test_throws ISSSim.NoSuchName ISSSim.events(run; flight = "Apollo 11")
        @test_throws ISSSim.NoSuchName ISSSim.events(run; cause = 3)
        @test_throws ISSSim.NoSuchName ISSSim.events(run; flight = 100_000)
    end

    @testset "causes and effects" begin
        cause = all_events.cause
        for row in 1:29:run.event_count
            chain = ISSSim.causes(run, row; chunk = 64)
            @test chain.row[end] == row
            @test ismissing(chain.cause[1])
            @test chain.cause[2:end] == chain.row[1:end-1]

            led_to = Int[]
            for i in row+1:run.event_count
                (isequal(cause[i], row) || cause[i] in led_to) === true && push!(led_to, i)
            end
            @test ISSSim.effects(run, row; chunk = 64).row == led_to
            @test ISSSim.effects(run, row; direct = true).row ==
                  rows(i -> isequal(cause[i], row))
        end
        @test_throws ISSSim.NoSuchName ISSSim.causes(run, 0)
        @test_throws ISSSim.NoSuchName ISSSim.effects(run, run.event_count + 1)
    end
end

# SPDX-License-Identifier: GPL-3.0-or-later

ISSSim.open(made("leak.h5")) do run
    @test run isa ISSSim.Run
    @test run.epoch == run.start == DateTime(2022, 12, 1)
    @test run.stop == ISSSim.column(run, :events, :time)[end]
    @test (run.seed, run.replication, run.complete) == (20221215, 0, true)
    @test run.event_count == length(run.events.time)
    @test run.title == run.attrs["title"] == "Soyuz MS-22 loses its coolant"
    @test "flights" in run.tables && !("provenance" in run.tables)
    @test :flights in propertynames(run) && :title in propertynames(run)
    @test occursin("148 events", string(run))

    @testset "columns have the types that the documentation tells" begin
        flights = run.flights
        @test flights isa NamedTuple
        @test flights.id isa Vector{String}
        @test flights.status isa Vector{String}
        @test flights.vehicle isa Vector{Union{Missing,String}}
        @test flights.generated isa Vector{Bool}
        @test flights.dock isa Vector{Union{Missing,DateTime}}
        @test flights.crew_up isa Vector{Int64}
        @test flights.slip_d isa Vector{Float64} && any(isnan, flights.slip_d)
        @test run.crew.launch isa Vector{DateTime}
        @test any(ismissing, flights.undock)
    end

    @testset "references are keys, names or rows" begin
        rubio = findfirst(==("rubio"), run.people.id)
        @test rubio !== nothing
        stay = findfirst(isequal("rubio"), run.crew.person)
        by_name = ISSSim.table(run, :crew; names = :name)
        by_number = ISSSim.table(run, :crew; names = false)
        @test by_name.person[stay] == "Frank Rubio"
        @test by_number.person[stay] === rubio
        @test run.people.name[by_number.person[stay]] == "Frank Rubio"
        @test ISSSim.table(run, :flights; names = false).status isa Vector{Int}
        @test_throws ArgumentError ISSSim.table(run, :crew; names = :short)
    end

    @testset "times are dates or microseconds" begin
        dates = ISSSim.column(run, :flights, :launch)
        raw = ISSSim.column(run, :flights, :launch; times = :microseconds)
        @test raw isa Vector{Union{Missing,Int64}}
        @test all(zip(dates, raw)) do (date, us)
            ismissing(us) ? ismissing(date) :
            date == run.epoch + Millisecond(fld(us, 1000))
        end
        @test any(us -> !ismissing(us) && us < 0, raw) # before the start
        @test_throws ArgumentError ISSSim.table(run, :flights; times = :days)
    end

    @testset "some columns and rows" begin
        some = ISSSim.table(run, :flights; columns = [:id, "launch"], rows = 2:4)
        @test keys(some) == (:id, :launch)
        @test some.id == run.flights.id[2:4]
        @test isempty(ISSSim.table(run, :flights; rows = 1:0).id)
        @test_throws ArgumentError ISSSim.table(run, :flights; rows = 1:1000)
        @test_throws ISSSim.NoSuchName ISSSim.table(run, :flights; columns = "lunch")
        @test ISSSim.column(run, :flights, :id) == run.flights.id
    end

    @testset "units and meanings of columns" begin
        @test ISSSim.units(run, :crew).days_aboard == "d"
        @test ISSSim.docs(run, :crew).lost == "Died"
        @test keys(ISSSim.units(run, :crew)) == keys(run.crew)
    end

    @testset "what isn't there is named, with what may have been meant" begin
        message = try
            run.flight
        catch error
            sprint(showerror, error)
        end
        @test message == "NoSuchName: no table is called \"flight\"; did you mean flights?"
        @test_throws ISSSim.NoSuchName ISSSim.table(run, "provenance")
        @test_throws ISSSim.NoSuchName ISSSim.metric(run, "crew_men")
    end

    @testset "metrics" begin
        at = findfirst(==("crew_mean"), run.metrics.name)
        @test ISSSim.metric(run, :crew_mean) === run.metrics.value[at]
    end

    @testset "the station over time" begin
        state, flat = run.state, ISSSim.table(run, :state)
        @test size(state.docked) == (length(state.time), length(state.port))
        @test state.port == run.ports.id
        poisk = findfirst(==("poisk"), state.port)
        @test isequal(state.docked[:, poisk], flat.docked_poisk)
        @test state.crew == flat.crew
        as_names = ISSSim.array(run, :state, :docked; names = :name)
        @test as_names.port == run.ports.name
    end

    @testset "where it is from" begin
        source = run.provenance
        @test occursin("soyuz_leak.cfg", source.files.path[1])
        @test source.files.text[1] == source.scenario_text
        @test source.seed == run.seed && source.replication == 0
        @test startswith(source.command_line, "isssim run")
        @test source.started isa DateTime && source.elapsed_s > 0 && source.max_rss > 0
        @test isempty(source.overrides)
    end
end

@testset "stocks at the times of all resources follow from the rows of each" begin
    ISSSim.open(made("baseline.h5")) do run
        stocks, levels = run.resources, ISSSim.table(run, :levels)
        @test size(stocks.stock) == (length(stocks.time), length(run.resource_types.id))
        @test issorted(stocks.time) && stocks.time[end] == run.stop
        raw = ISSSim.table(run, :levels; times = :microseconds, names = false)
        last_of = Dict((raw.time[i], raw.resource[i]) => i for i in eachindex(raw.time))
        moments = sort!(unique([raw.time; ISSSim.column(run, :events, :time;
                                                        times = :microseconds)[end]]))
        @test all(last_of) do ((us, resource), i)
            stocks.stock[searchsortedfirst(moments, us), resource] == levels.stock[i]
        end
        # In between, linear: from the last row of oxygen to the horizon.
        oxygen = findfirst(==("oxygen"), stocks.resource)
        i = findlast(isequal("oxygen"), levels.resource)
        days = (moments[end] - raw.time[i]) / 86_400_000_000
        @test stocks.stock[end, oxygen] ≈
              levels.stock[i] + (levels.made[i] - levels.used[i]) * days
    end
end

@testset "a closed file says so, what was read stays" begin
    run = ISSSim.open(made("leak.h5"))
    flights = run.flights
    close(run)
    close(run) # twice does no harm
    @test length(flights.id) > 0
    @test_throws ISSSim.FormatError run.flights
    @test endswith(string(run), "closed")
end

select distinct {column} from staged where {column} is not null

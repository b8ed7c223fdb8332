// Choosing: one of a list (a select), some of a few (check boxes), one of a few with a hint (radio buttons), on or off.
import type { ReactNode } from "react";
import {
  Button,
  Checkbox,
  CheckboxGroup,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  Select,
  SelectValue,
  Switch,
} from "react-aria-components";
import { Icon } from "./Icon";

export interface Option<T extends string = string> {
  value: T;
  label: string;
  hint?: string | undefined;
}

interface OneProps<T extends string> {
  label: string;
  options: readonly Option<T>[];
  value: T | null;
  onChange: (value: T) => void;
  placeholder?: string;
}

export function SelectOne<T extends string>({ label, options, value, onChange, placeholder }: OneProps<T>) {
  return (
    <Select
      className="form-field"
      selectedKey={value}
      onSelectionChange={(key) => onChange(key as T)}
      {...(placeholder ? { placeholder } : {})}
    >
      <Label>{label}</Label>
      <Button className="field select-button">
        <SelectValue />
        <Icon name="down" size={18} />
      </Button>
      <Popover className="popover">
        <ListBox className="options" items={options}>
          {(option) => (
            <ListBoxItem id={option.value} className="option" textValue={option.label}>
              <span>{option.label}</span>
              {option.hint && <small>{option.hint}</small>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

export function RadioOne<T extends string>({ label, options, value, onChange }: OneProps<T>) {
  return (
    <RadioGroup className="form-field" value={value} onChange={(key) => onChange(key as T)}>
      <Label>{label}</Label>
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className="tick-row">
          <span className="tick round" aria-hidden="true" />
          <span>
            {option.label}
            {option.hint && <small>{option.hint}</small>}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

interface SomeProps<T extends string> {
  label: string;
  options: readonly Option<T>[];
  value: readonly T[];
  onChange: (value: T[]) => void;
  wrong?: string | null;
}

export function ChooseSome<T extends string>({ label, options, value, onChange, wrong }: SomeProps<T>) {
  return (
    <CheckboxGroup
      className="form-field"
      value={[...value]}
      onChange={(values) => onChange(values as T[])}
      isInvalid={Boolean(wrong)}
    >
      <Label>{label}</Label>
      <div className="tick-columns">
        {options.map((option) => (
          <Checkbox key={option.value} value={option.value} className="tick-row">
            <span className="tick" aria-hidden="true">
              <Icon name="check" size={16} />
            </span>
            {option.label}
          </Checkbox>
        ))}
      </div>
      <FieldError className="wrong">{wrong}</FieldError>
    </CheckboxGroup>
  );
}

export function OnOff(props: { children: ReactNode; isSelected: boolean; onChange: (on: boolean) => void }) {
  return (
    <Switch className="switch" isSelected={props.isSelected} onChange={props.onChange}>
      <span className="track" aria-hidden="true">
        <span className="knob" />
      </span>
      {props.children}
    </Switch>
  );
}
